"""第七条（二）、P-B3: every list has somebody to whom it is referred; several leads are a hint, and nothing more."""

from datetime import date

from django.core.checks import run_checks
from django.core.management import call_command

from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import OfficeRole
from qingdan.lists.schema import LISTS
from qingdan.measures.adjustment.configuring import every_list_has_a_lead
from qingdan.measures.adjustment.queries import leads_for, lists_without_lead
from qingdan.statute.roles import LEAD

from .browsing import Reader
from .room import owed
from .stages import applied


def ended(room, *scopes):
    rows = list(OfficeRole.objects.filter(role=LEAD, scope__in=scopes))
    for role in rows:
        role.valid_to = date(2016, 6, 1)
    room.on("05-07")
    note("end_roles", by=None, rows=rows)


def warnings():
    return [w.msg for w in every_list_has_a_lead(databases=["default"])]


def test_五张清单今天都有牵头部门(room, client_as):
    room.on("06-07")
    assert all(leads_for(kind, date(2016, 6, 7)) for kind in LISTS) and warnings() == []
    assert "没有牵头部门" not in Reader(client_as("zwb_1")).get("/desk/").text


def test_没有牵头部门的清单_检查说明是哪张_政务办的待办上也写明(room, client_as):
    ended(room, "基金", "负面")
    room.on("06-07")
    assert warnings() == ["产业集聚区企业投资项目负面清单今天没有牵头部门", "政府性基金清单今天没有牵头部门"]
    assert "政府性基金清单" in Reader(client_as("zwb_1")).get("/desk/").text
    assert "没有牵头部门" not in Reader(client_as("cg_1")).get("/desk/").text
    room.on("06-01")
    assert warnings() == []


def test_一个部门牵头全部清单_也够(room):
    ended(room, *LISTS)
    room.on("06-07")
    assert len(lists_without_lead(date(2016, 6, 7))) == 5
    role = OfficeRole(office=room.d.fzb.office, measure="调", role=LEAD, scope="", valid_from=date(2016, 6, 1))
    note("give_role", by=None, rows=[role])
    assert warnings() == []


def test_检查登记在系统检查中_空库不报(db, capsys):
    """`qingdan check --database default` finds it; before the district is set up there is nothing to say."""
    assert warnings() == [] and every_list_has_a_lead() == []
    assert not [e for e in run_checks(databases=["default"]) if e.id == "adjustment.W001"]
    call_command("check", databases=["default"])


def test_第七条三_几个牵头部门只提示可能是交叉事项_不替主办部门告知(room, item, client_as):
    """P-B3: 权责 has two leads: the page of 转办 says so; only the notice of the 主办 lead makes it one: nothing of it is owed."""
    case = applied(room, item)
    room.on("06-12")
    reader, path = Reader(client_as("zwb_1")), f"/adjustment/{case.number}/refer/"
    page = reader.load(path)
    assert "可能是交叉事项：编办、法制办都是这张清单的牵头部门" in page.text
    assert reader.send(page, path).status == 302
    assert {row for row, _, _ in owed(case)} == {"D4"}


def test_第七条三_一个牵头部门的没有提示(room, client_as):
    case = room.apply("06-07", room.put(kind="收费"), duties="新的责任")
    room.on("06-12")
    assert "交叉事项：" not in Reader(client_as("zwb_1")).get(f"/adjustment/{case.number}/refer/").text
