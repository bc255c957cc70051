"""b2 to b4: what an office may not see answers like what never was; what is not on a form is not listened to; all outlets agree."""

import io
import re
from datetime import date
from html import unescape
from urllib.parse import quote

import pytest
import python_calamine
from django.db import transaction

from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.measures.adjustment import publishing
from qingdan.measures.adjustment.drafting import Typed, save
from qingdan.measures.adjustment.filings import actions as filing
from qingdan.measures.adjustment.grouping import apply_group
from qingdan.measures.adjustment.models import OwnListChange, UnitRule
from tests.kernel.ledger.worlds import everything
from tests.measures.browsing import Reader
from tests.measures.room import Room

from .walking import as_, ask

pytestmark = pytest.mark.django_db
ACTS = ("apply", "refer", "agree", "approve", "confirm", "forward", "publish", "update_own_site", "file_own", "withdraw", "suspend_item")
NEVER_CASE, NEVER_PK, NEVER_FILE, NEVER_GROUP = "调2016-9999", "987654", "0" * 32, "申2016-9999"


UNITS = ((1, "cg"), (2, "hyl"))


def code_of(n, k):
    return f"410105-0{n}7-01-00{k}-00"


class World:
    """Of two units, each: a case that is published with its papers, one at the review, a group, a draft, an own change, a rule."""

    def __init__(self, district):
        self.room, self.case_of = Room(district), {}
        room = self.room
        items = {unit: [room.put(code=code_of(n, k), unit=unit) for k in range(1, 5)] for n, unit in UNITS}
        self.of = {unit: self.objects(unit, n, items[unit]) for n, unit in UNITS}
        room.on("06-10")

    def objects(self, unit, n, items):
        room = self.room
        done = room.apply("06-07", items[0], who=unit, promised="3")
        room.refer("06-07", done)
        room.say("06-07", "fzb", done, "agree", "同意")
        room.approve("06-07", done)
        room.say("06-07", unit, done, "confirm")
        room.say("06-07", "zwb", done, "forward")
        room.publish("06-07", done)
        room.update("06-07", done, who=unit)
        review = room.apply("06-07", items[1], who=unit, promised="4")
        room.refer("06-07", review, "bb" if n == 1 else "fzb")
        asked = [room.ask(item, promised="2", cause_day="06-01") for item in items[2:]]
        side = getattr(room.d, unit)
        group = apply_group(side.office, asked, by=side.person, title=f"一份申请{n}", key=f"g{n}", seen={})[0].place.application
        typed = Typed("权责", "变更", code_of(n, 2), 1, {"reason": f"草稿{n}"}, {}, group=f"group-{n}")
        draft = save(typed, by=side.person, office=side.office).draft
        own = room.do("06-07", unit, filing.register_own_change,
                      OwnListChange(list_title=f"内部清单{n}", what="增加", kinds="程序", done_on=date(2016, 6, 6)))  # fmt: skip
        room.do("06-07", unit, publishing.file_own, own, "备案", room.copy(name=f"备案{n}.png"))
        rule = UnitRule(kind="办法", title=f"办法{n}", number=f"文〔2016〕{n}号", adopted_on=date(2016, 6, 1), file=room.copy())
        room.do("06-07", unit, filing.file_rule, rule)
        of_cases = {p.file.stored: case.number for case in (done, own) for p in case.proofs.select_related("file")}
        self.case_of |= of_cases | {rule.file.stored: ""}
        return {"cases": [done, review, own], "group": group, "draft": draft, "files": [rule.file.stored, *of_cases]}


@pytest.fixture
def world(district):
    return World(district)


def pairs(of, acts=ACTS):
    """(address of a real object, the same address of one that never was)."""
    for case in of["cases"]:
        yield from ((f"/desk/cases/{x}/", y) for x, y in [(case.number, f"/desk/cases/{NEVER_CASE}/")])
        duty = Obligation.objects.filter(case=case).first()
        yield f"/desk/cases/{case.number}/why/{duty.place}/", f"/desk/cases/{NEVER_CASE}/why/1:D1:cg/"
        yield f"/preview/case/{case.number}/", f"/preview/case/{NEVER_CASE}/"
        yield from ((f"/adjustment/{case.number}/{act}/", f"/adjustment/{NEVER_CASE}/{act}/") for act in acts)
        yield f"/adjustment/registers/faults/{case.number}/{duty.place}/", f"/adjustment/registers/faults/{NEVER_CASE}/1:D1:cg/"
        yield f"/adjustment/lapses/{case.number}/1/", f"/adjustment/lapses/{NEVER_CASE}/1/"
    group, draft = of["group"].number, of["draft"]
    yield f"/adjustment/group/{group}/", f"/adjustment/group/{NEVER_GROUP}/"
    yield f"/preview/application/{group}/", f"/preview/application/{NEVER_GROUP}/"
    yield f"/preview/draft/{draft.pk}/", f"/preview/draft/{NEVER_PK}/"
    yield f"/preview/gather/{draft.group}/", "/preview/gather/no-group/"
    yield f"/adjustment/gather/{draft.group}/", "/adjustment/gather/no-group/"
    yield f"/adjustment/apply/?draft={draft.pk}", f"/adjustment/apply/?draft={NEVER_PK}"
    yield f"/adjustment/drafts/{draft.pk}/discard/", f"/adjustment/drafts/{NEVER_PK}/discard/"
    yield f"/adjustment/together/agree/?group={group}", f"/adjustment/together/agree/?group={NEVER_GROUP}"
    yield f"/adjustment/filings/?unit={of['cases'][0].office.code}", "/adjustment/filings/?unit=nobody"
    yield from ((f"/files/{stored}/", f"/files/{NEVER_FILE}/") for stored in of["files"])


def told(response, where):
    """Status, headers and text; what differs between any two answers is masked: the token of the form, its key, the address that was asked for."""
    text = unescape(response.whole.decode())
    for name in [where, *re.split(r"[/?=]", where)]:
        for spelt in (name, quote(name), quote(name, safe="/?=&")) if len(name) > 4 else ():
            text = text.replace(spelt, "·")
    text = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', r"\1", text)
    headers = {k: v for k, v in response.headers.items() if k not in ("Content-Length", "Location")}
    return response.status_code, headers, text


WITHOUT_A_PART = (("hyl_1", "cg"), ("cg_1", "hyl"), ("fzb_1", "cg"), ("dzzw_1", "cg"), ("czj_1", "cg"), ("bb_1", "hyl"))


def test_b2_别的单位的对象_与从来没有的一样(world, request, record_property):
    """T1: every address with an object behind it, looked at and sent to, by each sort of office; what came to that office is its own and left out."""
    wrong, compared, long = [], 0, request.config.getoption("--long")
    for who, unit in WITHOUT_A_PART:
        client, absent = as_(who), {}
        seen = numbers_in(client.get("/desk/cases/"))
        came = {stored for stored in world.of[unit]["files"] if world.case_of[stored] in seen}
        for real, never in pairs(world.of[unit], ACTS if long else ("apply", "agree", "file_own")):
            if any(name in real for name in seen | came):
                continue
            for method in ("GET", "POST") if long or unit == "hyl" else ("GET",):
                compared += 1
                if (method, never) not in absent:
                    absent[method, never] = told(ask(client, method, never), never)
                if told(ask(client, method, real), real) != absent[method, never]:
                    wrong.append((who, method, real))
    record_property("compared", compared)
    assert wrong == [] and compared > 200


def numbers_in(response):
    return set(re.findall(r"调\d{4}-\d{4}", unescape(response.content.decode())))


def test_b2_有权的人_都打得开(world):
    """The comparison is alive: whose objects they are opens every one of them."""
    of = world.of["cg"]
    opened = {real: ask(as_("cg_1"), "GET", real).status_code for real, _ in pairs(of)}
    shut = {real for real, status in opened.items() if status not in (200, 302)}
    acts = {f"/adjustment/{case.number}/{act}/" for case in of["cases"] for act in ACTS}
    of_office = {real for real in opened if real.startswith(("/adjustment/registers/faults/", "/adjustment/lapses/"))}
    sent_only = {real for real in opened if real.endswith("/discard/")}
    own_change = {f"/preview/case/{of['cases'][2].number}/"}
    assert shut <= acts | of_office | sent_only | own_change and len(acts & set(opened) - shut) > 15


def test_b2_几件一并办理时_勾选别人的案件_什么也没有办(world):
    """T1: the key of a case that lies outside is not among the candidates, whatever is ticked."""
    foreign, before = world.of["hyl"]["cases"][1], everything()
    case, absent = foreign.number, NEVER_CASE
    client = as_("bb_1")  # a lead body to which that case did not come
    real, never = (client.post("/adjustment/together/agree/", {"case": pk, "opinion": "同意", f"seen-{pk}": 9}) for pk in (case, absent))
    assert real.status_code == never.status_code == 422
    assert {t: r for t, r in everything().items() if t != "django_session"} == {t: r for t, r in before.items() if t != "django_session"}


# ---- b3 fields


EXTRA = {
    "on": "2016-05-07", "day": "2016-05-07", "occurred_at": "2016-05-07T00:00", "recorded_at": "2016-05-07T00:00", "by": "1", "by_id": "1",
    "person": "1", "person_id": "1", "office": "zwb", "office_id": "1", "office_code": "zwb", "act": "approve", "case": "1", "case_id": "1",
    "state": "published", "by_law": "on", "n": "99", "seq": "1", "head": "0" * 64, "law": "诉", "edition": "2016-01-01", "facts": "{}",
    "id": "1", "pk": "1", "number": "调2016-0001", "effective_from": "2016-05-07", "rank": "head", "username": "zwb_1",
}  # fmt: skip


def test_b3_表单以外的字段_不起作用(world):
    """T22: the same act with and without the fields that nobody offers writes the same event, of today, of this person, of this office."""
    case, events = world.of["cg"]["cases"][1], []
    sent = {"opinion": "同意", "seen": str(case.events.count()), "key": "same-key"}
    for extra in ({}, EXTRA):
        with transaction.atomic():
            assert as_("bb_1").post(f"/adjustment/{case.number}/agree/", extra | sent).status_code == 302
            events.append(case.events.order_by("n").last())
            transaction.set_rollback(True)
    plain, stuffed = events
    assert (stuffed.person.username, stuffed.office_code, stuffed.on, stuffed.act) == ("bb_1", "bb", date(2016, 6, 10), "agree")
    assert stuffed.told == plain.told


def test_b3_申请人_承办单位_版本都不由表单决定(world, client_as):
    """An application for somebody else's item is refused whatever office, version or case is sent along; of an own one, nothing of them is taken."""
    person = Reader(client_as("cg_1"))
    foreign, own = (f"/adjustment/apply/?list_kind=权责&move=变更&code={code_of(n, 2)}" for n in (2, 1))
    before = Case.objects.count()
    assert person.client.post(foreign, EXTRA | {"reason": "x"}).status_code in (302, 422) and Case.objects.count() == before
    page = person.get(own)
    assert not {"office", "on", "by", "office_id", "state", "number"} & set(page.fields)


# ---- b4 all outlets of a role agree


def test_b4_案件_列表_查找_台账_导出_能打开的_是同一些(world, contexts, record_property):
    """list = search = register = export = what opens, for everybody; and the count on the page is their number."""
    sizes = {}
    for who in ("zwb_1", "cg_1", "hyl_1", "fzb_1", "bb_1", "dzzw_1", "czj_1"):
        client = as_(who)
        opens = {case.number for case in Case.objects.all() if client.get(f"/desk/cases/{case.number}/").status_code == 200}
        pages = client.get("/desk/cases/"), client.get("/desk/cases/", {"q": "调2016"}), client.get("/adjustment/registers/")
        exported = numbers_of(client.get("/adjustment/registers/book.xlsx"))
        assert [numbers_in(page) for page in pages] == [opens] * 3 and exported == opens, who
        assert [page.context["page"].paginator.count for page in pages] == [len(opens)] * 3, who
        assert set(found_by_each_search(client)) == opens, who
        sizes[who] = len(opens)
    record_property("compared", sum(sizes.values()))
    assert sizes["czj_1"] == 0 < sizes["bb_1"] < sizes["cg_1"] < sizes["zwb_1"]


def found_by_each_search(client):
    """Looking for each case by its number and by its title finds it, or nothing, like opening it."""
    for case in Case.objects.all():
        if all(case.number in numbers_in(client.get("/desk/cases/", {"q": words})) for words in (case.number, case.title[-12:])):
            yield case.number


def numbers_of(response):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    return {row[0] for row in book.get_sheet_by_index(0).to_python()[1:]}


def test_b4_公开清单_页面_下载_查找_能打开的_是同一些(world, contexts):
    """The public's outlets: the list's page, its CSV, the search and what opens."""
    client = as_("anonymous")
    codes = re.compile(r"410105-\d{3}-\d{2}-\d{3}-\d{2}")
    page, table = client.get("/list/quanze/"), client.get("/list/quanze.csv")
    listed, exported = (set(codes.findall(r.content.decode())) for r in (page, table))
    found = {code for code in listed if code in client.get("/", {"q": code}).content.decode()}
    opens = {code for code in listed if client.get(f"/item/{code}").status_code == 200}
    assert listed == exported == found == opens and len(listed) == 8
    assert page.context["page"].paginator.count == len(listed)
