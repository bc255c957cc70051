"""c2: every form of every page, sent with what nobody would type: never an error of the product, and a form that is refused still holds it."""

from urllib.parse import quote_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.encoding import iri_to_uri
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qingdan.kernel.accounts.models import Request
from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Person
from qingdan.kernel.opaque import hide
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.policy.declared import DECLARED, FORM, SEND
from qingdan.kernel.vault.models import Unlock
from qingdan.lists.bases.models import BasisDocument, Hold
from qingdan.measures.adjustment.drafting import Typed, save
from qingdan.measures.adjustment.models import Draft, FalseReport, SpotCheck
from tests.desk.test_calendars import NOTICE, year_2016
from tests.kernel.policy.walking import SUBJECT, address, as_, ask, lived_in
from tests.lists.samples import HEADER, code, csv_bytes
from tests.measures.browsing import Page, Reader
from tests.measures.complaints.room import give_roles
from tests.measures.registers.stories import Autumn
from tests.measures.registers.test_checks import CHECK
from tests.measures.room import CODE, Room
from tests.measures.stages import STAGES

from .writing import EVERYWHERE, TEXT, arrived, body, plain, raw

pytestmark = pytest.mark.django_db
WIRE = "application/x-www-form-urlencoded"
FEW, MANY = 1, 300
OF_ONE_KIND = ("ask_extension", "refer", "publish", "approve_amended")
ACTS = [pytest.param(act, marks=() if act in OF_ONE_KIND else pytest.mark.long) for act in STAGES]
"""Some in every run, all of them with --long."""


@pytest.fixture
def examples(request):
    return MANY if request.config.getoption("--long") else FEW


def torment(client, path, examples, extra=()):
    """Send the page's form with hostile values in some of its fields, the others as they came; returns how often it was shown again."""
    page = Page(ask(client, "GET", path))
    names = sorted({*page.fields, *extra} - {"csrfmiddlewaretoken"})
    assert page.status in (200, 405) and names, (path, page.status, page.text[:200])
    shown = [0]

    def send(typed):
        sent = {name: page.fields.get(name, [""]) for name in names} | {name: [text] for name, text in typed.items()}
        response = ask(client, "POST", path, body(sent), content_type=WIRE)
        assert response.status_code < 500, (path, typed)
        if response.status_code in (200, 422) and response["Content-Type"].startswith("text/html"):
            shown[0] += keeps(Page(response), sent, page)

    drawn(st.dictionaries(st.sampled_from(names), TEXT, min_size=1, max_size=len(names)), send, examples)
    for text in worst(examples):
        send(dict.fromkeys(names, text))
    return shown[0]


def worst(examples):
    """What is put everywhere: in a short run a NUL, half a character, and a number that no column holds."""
    return EVERYWHERE if examples == MANY else EVERYWHERE[:3]


def drawn(values, do, examples):
    """Do it with so many drawn values, the same ones in every run."""
    quick = {"deadline": None, "derandomize": True, "database": None, "phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
    settings(max_examples=examples, **quick)(given(values)(lambda value: do(value)))()


def keeps(again, sent, first):
    """Every field of words that was on the form is on it again with what arrived."""
    for name in sent.keys() & again.fields.keys() & first.fields.keys():
        if name in ("key", "seen", "digest", "password", "old", "new", "again", "base", "draft_count", "group") or len(again.fields[name]) > 1 or name in again.chosen:
            continue
        assert plain(again.value(name)) == plain(arrived(sent[name][0])), name
    return 1


@pytest.mark.parametrize("act", ACTS)
def test_c2_每个动作的表单(act, district, examples, record_property):
    room, stage = Room(district), STAGES[act]
    case = stage.ready(room, room.put())
    room.on(stage.day)
    shown = torment(as_(f"{stage.who}_1"), f"/adjustment/{case.number}/{act}/", examples)
    record_property("examples", examples)
    assert shown


@pytest.fixture
def world(district):
    """Beside what the walks have: a draft, a check, a false report, a calendar that waits for a second person: every form has something to be about."""
    lived_in(district)
    typed = Typed("审批", "变更", "", 1, {"reason": "草稿"}, {}, group="together-1")
    save(typed, by=district.cg.person, office=district.cg.office)
    fzb = Reader(as_("fzb_1"))
    assert fzb.fill("/adjustment/registers/checks/new/", **CHECK | {"checked_on": "2016-06-12"}).status == 302
    again = f"/adjustment/registers/false-reports/new/?check={SpotCheck.objects.get().pk}"
    assert fzb.fill(again, kind="漏报", effect="误导").status == 302
    year = {"year": "2016", "days": year_2016("2016-06-15,放假,临时放假"), **NOTICE}
    assert as_("zwb_1").post("/desk/calendar/", year).status_code == 302


PAGES = {
    "desk:login": ("anonymous", "/desk/login/"),
    "accounts:password": ("cg_1", "/account/password/"),
    "accounts:totp": ("cg_1", "/account/factors/totp/"),
    "accounts:add_passkey": ("cg_1", "/account/factors/passkey/"),
    "accounts:recovery": ("cg_1", "/account/factors/recovery/"),
    "accounts:remove_factor": ("cg_1", "/account/factors/1/remove/"),
    "accounts:renew": ("anonymous", "/account/renew/"),
    "accounts:new_person": ("sys_1", "/account/people/new/"),
    "accounts:deactivate": ("sys_1", lambda: f"/account/people/{Person.objects.get(username='zwzx_1').pk}/off/"),
    "accounts:ask": ("sec_1", lambda: f"/account/people/{Person.objects.get(username='hyl_1').pk}/ask/appoint/"),
    "accounts:request": ("sec_1", lambda: f"/account/requests/{Request.objects.get().pk}/"),
    "accounts:ask_leave": ("sec_1", lambda: f"/account/people/{Person.objects.get(username='cg_1').pk}/leave/"),
    "accounts:leave": ("sec_1", lambda: f"/account/leaves/{Absence.objects.get().pk}/"),
    "leave:own": ("cg_1", "/desk/leave/"),
    "leave:end": ("cg_head", lambda: f"/desk/leave/{Absence.objects.get().pk}/end/"),
    "leave:stand": ("cg_1", "/desk/leave/stand/"),
    "accounts:watch_clock": ("sec_1", "/account/watch/clock/"),
    "vault:ask": ("cg_1", f"/vault/ask/{SUBJECT}/"),
    "vault:unlock": ("cg_head", lambda: f"/vault/unlocks/{Unlock.objects.get().pk}/"),
    "vault:interests": ("cg_1", "/vault/interests/"),
    "vault:end_interest": ("cg_1", "/vault/interests/1/end/"),
    "accounts:end": ("cg_1", "/account/sessions/end/"),
    "accounts:told": ("cg_1", "/account/told/"),
    "desk:mail": ("cg_1", "/desk/notices/mail/"),
    "desk:wording": ("zwb_1", "/desk/notices/words/before/"),
    "desk:keep_filter": ("cg_1", "/desk/filters/"),
    "desk:calendars": ("zwb_1", "/desk/calendar/"),
    "desk:calendar": ("zwb_1", lambda: f"/desk/calendar/{CalendarProposal.objects.get().pk}/"),
    "desk:notices_read": ("cg_1", "/desk/notices/read/"),
    "desk:feed_make": ("cg_1", "/desk/notices/feeds/make/"),
    "desk:feed_revoke": ("cg_1", "/desk/notices/feeds/revoke/"),
    "desk:clock": ("zwb_1", "/desk/calendar/clock/"),
    "portal:receipt_check": ("anonymous", "/ledger/receipt/"),
    "portal:complaint": ("anonymous", "/write/"),
    "portal:complaint_status": ("anonymous", "/write/status/"),
    "portal:complaint_receipt": ("anonymous", "/write/receipt/"),
    "portal:complaint_leave": ("anonymous", "/write/leave/"),
    "portal:verify_code": ("anonymous", lambda: f"/verify/{Paper.objects.get().code}/"),
    "adjustment:paper": ("zwb_1", lambda: address("adjustment:paper", Paper.objects.get().case)),
    "adjustment:paper_correct": ("zwb_1", lambda: address("adjustment:paper_correct", Paper.objects.get().case)),
    "adjustment:paper_make": ("cg_1", lambda: f"/adjustment/papers/make/e{hide('event', Event.objects.get(act='apply').seq)}/application/"),
    "lists:import": ("zwb_1", "/lists/import/"),
    "lists:basis_check": ("zwb_1", lambda: f"/lists/bases/{BasisDocument.objects.get().pk}/check/"),
    "adjustment:apply": ("cg_1", "/adjustment/apply/?list_kind=权责&move=新增&code="),
    "adjustment:together": ("fzb_1", "/adjustment/together/agree/"),
    "adjustment:gather": ("cg_1", "/adjustment/gather/together-1/"),
    "adjustment:throw_away": ("cg_1", lambda: f"/adjustment/drafts/{Draft.objects.get().pk}/discard/"),
    "adjustment:offices": ("zwb_1", "/adjustment/offices/"),
    "adjustment:new_check": ("zwb_1", "/adjustment/registers/checks/new/"),
    "adjustment:amend_check": ("zwb_1", lambda: f"/adjustment/registers/checks/{SpotCheck.objects.get().pk}/amend/"),
    "adjustment:new_false_report": ("zwb_1", "/adjustment/registers/false-reports/new/"),
    "adjustment:amend_false_report": ("zwb_1", lambda: f"/adjustment/registers/false-reports/{FalseReport.objects.get().pk}/amend/"),
    "adjustment:new_law_change": ("zwb_1", "/adjustment/laws/new/"),
    "adjustment:new_law_change known": ("zwb_1", lambda: f"/adjustment/laws/new/?document={BasisDocument.objects.get().pk}"),
    "adjustment:resume": ("zwb_1", lambda: f"/adjustment/holds/{Hold.objects.get().pk}/resume/"),
    "complaints:new": ("zwb_1", "/complaints/new/"),
    "complaints:contacts": ("fzb_1", "/complaints/contacts/"),
    "complaints:figures_quarter": ("zwb_1", "/complaints/figures/2016-1/"),
    "complaints:disposal_propose": ("fzb_1", "/complaints/disposal/propose/"),
    "complaints:disposal_decide": ("fzb_1", "/complaints/disposal/1/decide/"),
    **{f"complaints:act {act}".removesuffix(" assign"): ("zwb_1", lambda act=act: f"/complaints/{Case.objects.get(law='诉').number}/do/{act}/")
       for act in ("assign", "decline", "transfer", "add_facts")},
    "adjustment:new_own_change": ("cg_1", "/adjustment/filings/own-lists/new/"),
    "adjustment:new_unit_rule": ("cg_1", "/adjustment/filings/rules/new/"),
}
IN_AUTUMN = {  # pages that need a month gone by
    "adjustment:month": lambda autumn: f"/adjustment/{autumn.report().number}/report_month/",
    "adjustment:decide": lambda autumn: f"/adjustment/registers/faults/{autumn.silent.number}/{Obligation.objects.get(case=autumn.silent, row='D4').place}/",
    "adjustment:lapse": lambda autumn: f"/adjustment/lapses/{autumn.silent.number}/{autumn.silent.events.get(act='deemed_agreed').n}/",
}
OF_ACCOUNTS = {"accounts:second", "accounts:passkey"}  # tests/kernel/accounts/test_factors.py: the one needs a first step, the other has no page
SHOWN_AND_NOTED = {"complaints:content", "complaints:file", "complaints:paper", "complaints:paper_make", "complaints:errand_paper",
                   "complaints:errand_paper_make", "complaints:liability_paper", "complaints:liability_paper_make", "complaints:register_xlsx", "vault:identity"}  # fmt: skip
"""A button alone."""
OF_THE_INVESTIGATION = {
    "complaints:draft_letter", "complaints:draft_decision", "complaints:errand_letter", "complaints:errand_file", "complaints:errand_act",
    "complaints:liability_words", "complaints:liability_act", "complaints:liability_new",
}  # fmt: skip
"""test_complaint_forms.py, and buttons alone."""
ELSEWHERE = {*OF_ACCOUNTS, *OF_THE_INVESTIGATION, "adjustment:act", "lists:import_plan", "desk:logout", "desk:hold", "accounts:watch_hold", *SHOWN_AND_NOTED}  # above; below; nothing is typed into them
TYPED_BY_HAND = ("notice", "kind", "remark", "reject", "adopt", "username", "group", "draft", "draft_count", "all", "case", "issue", "which", "reason", "confirm", "absence", "end")


def test_c2_没有漏掉的表单():
    sent = {name for name, page in DECLARED.items() if page.methods in (FORM, SEND) and not name.startswith("demo:")}
    assert {name.split()[0] for name in PAGES} | set(IN_AUTUMN) | ELSEWHERE == sent


def test_c2_每一页的表单(world, examples, record_property):
    shown = {}
    for name, (who, path) in PAGES.items():
        shown[name] = torment(as_(who), path() if callable(path) else path, examples, TYPED_BY_HAND)
    record_property("examples", examples * len(PAGES))
    assert [name for name, n in shown.items() if not n] == [name for name in shown if DECLARED[name.split()[0]].methods == SEND and name != "desk:feed_make"]


def test_c2_秋天的表单(district, examples, record_property):
    autumn = Autumn(Room(district))
    for name, path in IN_AUTUMN.items():
        assert torment(as_("zwb_1"), path(autumn), examples, TYPED_BY_HAND), name
    record_property("examples", examples * len(IN_AUTUMN))


@pytest.mark.parametrize("text", EVERYWHERE)
def test_c2_导入的校验值(text, district):
    lived_in(district)
    client = as_("zwb_1")
    file = SimpleUploadedFile("表.csv", csv_bytes([HEADER, ["城管局", "事项二", code(2), "01", "0371-63526000"]]))
    plan = client.post("/lists/import/", {"kind": "审批", "file": file})["Location"]
    answer = client.post(plan, body({"digest": [text], "leave_out": [text]}), content_type=WIRE)
    assert answer.status_code == 409 and "没有导入" in answer.content.decode()


@pytest.mark.parametrize("text", EVERYWHERE)
def test_c2_退回放假安排的理由_不能读的说明_所填不丢(text, world):
    client, where = as_("zwb_1"), PAGES["desk:calendar"][1]()
    answer = client.post(where, body({"remark": [text], "reject": ["1"]}), content_type=WIRE)
    assert answer.status_code == (422 if text in ("\0", "\u202e𠮷👍🏽") else 302)


# ---- what stands in an address


def test_c2_地址栏里的空字符_当作读不出来的字(district):
    """A NUL behind the question mark finds nothing and is shown; within the address there is no such page. On both engines."""
    found = as_("anonymous").get("/", QUERY_STRING="q=%00")
    assert found.status_code == 200 and "\ufffd" in found.content.decode()
    assert as_("zwb_1").get("/desk/cases/%00/").status_code == 404


def test_c2_会话标识里的空字符_就是没有登录(district):
    assert as_("anonymous").get("/desk/", HTTP_COOKIE='sessionid="aaaaaaaa\\000aaaaaaaa"').status_code == 302


ASKED = {
    "/": ("anonymous", "q", "page", "on", "known"),
    "/list/quanze/": ("anonymous", "q", "office", "category", "on", "known", "page"),
    "/list/quanze.csv": ("anonymous", "q", "office", "category", "on", "known"),
    "/list/quanze/compare": ("anonymous", "from", "to", "office", "whole", "page"),
    f"/item/{CODE}": ("anonymous", "on", "known"),
    f"/item/{CODE}/compare": ("anonymous", "from", "to"),
    "/basis/": ("anonymous", "q", "page"),
    "/due/": ("anonymous", "start", "n"),
    "/desk/cases/": ("cg_1", "q", "state", "page"),
    "/desk/notices/": ("cg_1", "q", "state", "page"),
    "/desk/login/": ("anonymous", "next"),
    "/lists/bases/": ("cg_1", "q", "state", "page"),
    "/lists/bases/lacking/": ("cg_1", "sort", "page"),
    "/lists/import/": ("zwb_1", "template"),
    "/adjustment/new/": ("cg_1", "list_kind", "move", "code", "group"),
    "/adjustment/apply/": ("cg_1", "list_kind", "move", "code", "group", "draft", "base"),
    "/adjustment/together/refer/": ("zwb_1", "group", "lane"),
    "/adjustment/registers/": ("cg_1", "month", "unit", "list_kind", "article", "state", "page"),
    "/adjustment/registers/book.xlsx": ("cg_1", "month", "unit", "list_kind", "article", "state"),
    "/adjustment/registers/faults/": ("cg_1", "fault", "state", "page"),
    "/adjustment/registers/counts/": ("cg_1", "begin", "end"),
    "/adjustment/registers/false-reports/new/": ("zwb_1", "check"),
    "/adjustment/laws/new/": ("zwb_1", "document"),
    "/adjustment/filings/": ("cg_1", "unit", "page"),
    "/complaints/": ("fzb_1", "clock", "page"),
    "/complaints/figures/": ("zwb_1", "page"),
    "/write/figures/": ("anonymous", "quarter"),
    "/complaints/disposal/": ("fzb_1", "page", "lists"),
    "/complaints/register/": ("fzb_1", "state", "channel", "body", "since", "until", "page"),
    "/preview/case/调2016-0002/": ("zwb_1", "item", "list", "page"),
}


def test_c2_网址中的每个问号后面(district, examples, record_property):
    room = Room(district)
    give_roles(district)
    room.apply("06-07", room.put(), promised="3")
    for path, (who, *names) in ASKED.items():
        ask_all(as_(who), path, names, examples)
    record_property("examples", examples * len(ASKED))


def ask_all(client, path, names, examples):
    usual = {k: v for k, v in {"list_kind": "权责", "move": "变更", "code": CODE}.items() if k in names}

    def send(typed):
        query = body({name: [text[:3000]] for name, text in (usual | typed).items()})
        assert ask(client, "GET", path, QUERY_STRING=query).status_code < 500, (path, typed)

    drawn(st.dictionaries(st.sampled_from(names), TEXT, min_size=1), send, examples)
    for text in worst(examples):
        send(dict.fromkeys(names, text))
        for name in names if examples == MANY else ():
            send({name: text})


PATHS = ("/desk/cases/{}/", "/desk/cases/调2016-0002/why/{}/", "/item/{}", "/item/{}@2016-06-07", f"/item/{CODE}@{{}}", "/list/{}/", "/list/{}.csv",
         "/rules/{}/", "/files/{}/", "/feeds/{}.ics", "/lists/import/{}/", "/adjustment/{}/refer/", "/adjustment/调2016-0002/{}/", "/adjustment/gather/{}/",
         "/adjustment/group/{}/", "/adjustment/together/{}/", "/adjustment/registers/faults/{}/1:D4:cg/", "/adjustment/registers/faults/调2016-0002/{}/", "/preview/{}/x/", "/preview/case/{}/", "/preview/draft/{}/", "/complaints/figures/{}/", "/write/figures/{}.csv",
         "/adjustment/{}/report_month/", "/adjustment/lapses/{}/1/", "/adjustment/registers/months/{}/applied/", "/basis/{}/")  # fmt: skip


def test_c2_网址中的每一段(district, examples, record_property):
    room, client = Room(district), as_("zwb_1")
    room.apply("06-07", room.put(), promised="3")

    def send(pair):
        where = pair[0].replace("{}", quote_from_bytes(raw(pair[1][:500]), safe=""))
        assert ask(client, "GET", iri_to_uri(where)).status_code < 500, where

    drawn(st.tuples(st.sampled_from(PATHS), TEXT), send, examples * 20)
    for path in PATHS:
        for text in worst(examples):
            send((path, text))
    record_property("examples", examples * 20)
