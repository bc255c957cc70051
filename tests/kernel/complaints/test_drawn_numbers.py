"""T6: what a unit sees of its own cases says nothing of how many others there are: complaints least of all."""

import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from audit import verify_ledger as second
from qingdan.kernel import clock, opaque
from qingdan.kernel.ledger import numbers
from qingdan.kernel.ledger.acts import open_case
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.actions import make_feed
from qingdan.kernel.notices.telling import tell
from qingdan.statute.roles import HANDLER
from tests.kernel.ledger.worlds import do, referred

pytestmark = pytest.mark.django_db
MASKED = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|<code>[0-9a-f]{16}</code>')  # of the form; the head of an event, a hash


def complaint(d, key=None):
    with clock.frozen("2016-06-06T10:00"):
        gives = {HANDLER: [d.fzb.office]}
        return open_case("诉", "receive_directly", by=d.fzb.person, office=d.fzb.office, title="投诉", gives=gives, dates={"received_day": clock.today()}, key=key)


def test_诉的编号是抽取的_不连续也不重复(district):
    found = [complaint(district) for _ in range(20)]
    assert all(re.fullmatch("诉2016-[0-9A-HJKMNP-TV-Z]{8}", case.number) for case in found)
    assert len({case.number for case in found}) == 20 and [case.serial for case in found] == list(range(1, 21))
    assert [case.number for case in found] != sorted(case.number for case in found)
    assert verify().fault is None


def test_抽到用过的编号_再抽(district, monkeypatch):
    drawn = iter(["0" * 8, "0" * 8, "1" * 8])
    monkeypatch.setattr(numbers, "drawn", lambda length: next(drawn))
    assert [complaint(district).number for _ in range(2)] == ["诉2016-00000000", "诉2016-11111111"]


def test_同一张表单再交一次_还是那一件(district):
    assert complaint(district, key="once") == complaint(district, key="once") and Case.objects.count() == 1


@pytest.mark.parametrize("number", ["诉2016-0001", "诉2016-OIOIOIOI", "诉2017-00000000", "调2016-00000000", "诉2016-000000000"])
def test_独立核对认得抽取的编号(number):
    class Source:
        columns, rows = lambda *_: (dict.fromkeys("id law year serial number".split(), ""), "id"), None

    def judged(number):
        Source.rows = lambda *_: iter([{"id": 1, "law": "诉", "year": 2016, "serial": 1, "number": number}])
        return list(second.numbers(Source()))

    assert judged("诉2016-K7QF9M2D") == [] and judged(number) != []


def outlets(d):
    """What 城管局 and 编办 get to see of two ordinary cases: pages, addresses in them, the calendar, a letter."""
    with clock.frozen("2016-06-06T09:00"):
        feed = make_feed(by=d.bb.person, office=d.bb.office, personal=False)
    case = referred(d, "fzb", "bb")
    with clock.frozen("2016-06-13T09:00"):
        tell(d.bb.office, "一件", key="t", case=case)
    do(case, d.bb, "agree", "2016-06-13")
    found = {}
    with clock.frozen("2016-06-13T10:00"):
        for who, side in (("cg_1", d.cg), ("bb_1", d.bb)):
            client = Client()
            client.force_login(side.person)
            duty = Obligation.objects.filter(case=case).first()
            pages = ["/desk/", "/desk/cases/", f"/desk/cases/{quote(case.number)}/", "/desk/notices/", "/adjustment/registers/", f"/desk/cases/{quote(case.number)}/why/{duty.place}/",
                     "/adjustment/registers/faults/", "/adjustment/together/agree/"]  # fmt: skip
            for page in pages:
                answer = client.get(page)
                assert answer.status_code == 200, (who, page)
                found[who, page] = MASKED.sub("", answer.content.decode())
        found["feed"] = re.sub(r"http://testserver/feeds/\S+", "", Client().get(f"/feeds/{feed}.ics").content.decode())
    return found


def test_别的案件有多少_从自己的页面_网址_日历里都看不出来(district):
    """Twice the same days: the second time with nine complaints, notices and files before them. Names of opaque rows are compared by their shape."""
    with transaction.atomic():
        before = outlets(district)
        transaction.set_rollback(True)
    for n in range(9):
        with clock.frozen("2016-06-06T10:30"):
            tell(district.fzb.office, f"另一件{n}", key=f"other{n}")
        complaint(district)
    after = outlets(district)
    hidden = re.compile(r'(value="|/papers/make/e)[0-9a-f]{32}')
    assert {k: hidden.sub(r"\1·", v) for k, v in before.items()} == {k: hidden.sub(r"\1·", v) for k, v in after.items()}
    assert any(hidden.search(v) for v in after.values())


def test_页面上的行名_不说有多少行_也造不出来(district):
    names = [opaque.hide("notice", n) for n in range(1, 50)]
    assert len(set(names)) == 49 and sorted(names) != names and opaque.hide("event", 1) != names[0]
    assert [opaque.found("notice", name) for name in names] == list(range(1, 50))
    for none in ("", "1", "0" * 32, names[0][:-1], names[0].replace(names[0][0], "g"), opaque.hide("event", 1), "１" * 32):
        assert opaque.found("notice", none) is None


def test_邮件标识_不能从序号算出来(district, settings):
    ids = {opaque.digest("letter", "n:1:1")}
    settings.SECRET_KEY = "another"
    ids.add(opaque.digest("letter", "n:1:1"))
    assert len(ids) == 2
