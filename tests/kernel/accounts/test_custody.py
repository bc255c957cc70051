"""身份保管员 (S18, P-E2): two 安全管理员 grant it and end it, never for themselves; it ends at once, and with the post; the person is told."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.accounts import actions
from qingdan.kernel.accounts.models import Request, Word
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Custody
from qingdan.kernel.offices.queries import is_custodian

from .test_three_keepers import people, reset

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(world):
    from tests.kernel.policy.walking import keepers as made

    made()
    return people("sec_1", "sec_2")


def holds(world):
    return is_custodian(people("cg_1")[0], world.cg.office, clock.today())


def entrusted(keepers, world):
    reset(keepers, world.cg.person, Request.ENTRUST, office=world.cg.office)
    return people("cg_1")[0]


def test_设立身份保管员_一人提出一人确认_告知本人_登录全部结束(keepers, world, client_as):
    clerk = client_as("cg_1")
    row, half = actions.ask(Request.ENTRUST, world.cg.person, "会议确定", by=keepers[0], office=world.cg.office)
    assert not holds(world) and half == ""
    with pytest.raises(Refused, match="不能是同一个人"):
        actions.confirm(row, by=keepers[0])
    actions.confirm(row, by=keepers[1])
    assert holds(world) and clerk.get("/desk/").status_code == 302
    assert "设立身份保管员（城管局）" in Word.objects.get(person=world.cg.person).text
    assert [e.act for e in Event.objects.order_by("-seq")[:3]] == ["confirm_account", "entrust", "ask_account"] and verify().fault is None


def test_终止身份保管员_当天设立的也立即终止(keepers, world):
    person = entrusted(keepers, world)
    reset(keepers, person, Request.END_CUSTODY, office=world.cg.office)
    assert not holds(world) and Word.objects.filter(text__contains="终止身份保管员").exists() and verify().fault is None
    entrusted(keepers, world)
    assert holds(world) and Custody.objects.count() == 2, "it can be granted anew"


def test_终止任职的_身份保管员一并终止_重新任职不恢复(keepers, world):
    person = entrusted(keepers, world)
    clock.set_fixed("2016-06-08T09:00")
    reset(keepers, person, Request.END_POST, office=world.cg.office)
    clock.set_fixed("2016-06-09T09:00")
    reset(keepers, people("cg_1")[0], Request.APPOINT, office=world.cg.office, title="经办人", rank="clerk")
    assert not holds(world) and verify().fault is None


@pytest.mark.parametrize(("kind", "office", "why"), [
    (Request.ENTRUST, "hyl", "没有这项任职"), (Request.ENTRUST, None, "没有这项任职"), (Request.END_CUSTODY, "cg", "不是该单位的身份保管员"),
])  # fmt: skip
def test_不成立的不能提出(keepers, world, kind, office, why):
    with pytest.raises(Refused, match=why):
        actions.ask(kind, world.cg.person, "x", by=keepers[0], office=office and getattr(world, office).office)


def test_不能设立两次_也不能给自己设立(keepers, world):
    person = entrusted(keepers, world)
    with pytest.raises(Refused, match="已经是身份保管员"):
        actions.ask(Request.ENTRUST, person, "x", by=keepers[0], office=world.cg.office)
    for who, what in (("cg_1", "安全管理员的职责"), ("sys_1", "安全管理员的职责")):
        with pytest.raises(Refused, match=what):
            actions.ask(Request.END_CUSTODY, person, "x", by=people(who)[0], office=world.cg.office)
    with pytest.raises(Refused, match="您自己的账号"):
        actions.ask(Request.ENTRUST, keepers[0], "x", by=keepers[0], office=world.cg.office)


def test_确认时再核对一次_任职在此期间终止的不能设立(keepers, world):
    row, _ = actions.ask(Request.ENTRUST, world.cg.person, "x", by=keepers[0], office=world.cg.office)
    clock.set_fixed("2016-06-08T09:00")
    reset(keepers, world.cg.person, Request.END_POST, office=world.cg.office)
    with pytest.raises(Refused, match="没有这项任职"):
        actions.confirm(row, by=keepers[1])


def test_整个过程在页面上_只列出合适的单位(keepers, world, client_as):
    asker, decider, base = client_as("sec_1"), client_as("sec_2"), f"/account/people/{world.cg.person.pk}/"
    assert "设立身份保管员" in asker.get(base).content.decode()
    form = asker.get(f"{base}ask/entrust/").content.decode()
    assert f'<option value="{world.cg.office.pk}"' in form and f'<option value="{world.hyl.office.pk}"' not in form
    assert f'<option value="{world.cg.office.pk}"' not in asker.get(f"{base}ask/end_custody/").content.decode()
    where = asker.post(f"{base}ask/entrust/", {"reason": "会议确定", "office": world.cg.office.pk})["Location"]
    assert "城管局" in decider.get(where).content.decode() and decider.post(where, {"confirm": "1"}).status_code == 302
    assert "<dt>身份保管员</dt><dd>城管局" in asker.get(base).content.decode()
    where = asker.post(f"{base}ask/end_custody/", {"reason": "岗位调整", "office": world.cg.office.pk})["Location"]
    assert decider.post(where, {"confirm": "1"}).status_code == 302 and "<dt>身份保管员</dt>" not in asker.get(base).content.decode()


def test_审计页写明_谁为哪个单位设立的(keepers, world, client_as):
    entrusted(keepers, world)
    page = client_as("aud_1").get("/account/log/?what=events").content.decode()
    assert "人员 cg_1，单位 cg" in page and "事项 设立身份保管员" in page and "事项 entrust" not in page
