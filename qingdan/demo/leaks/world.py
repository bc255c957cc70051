"""A small district: its offices and people, a confidential complaint about one of them or none, and an ordinary June after it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case, record
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.notices.actions import make_feed, set_mail
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import Account, Office, OfficeRole, Person, Post
from qingdan.kernel.papers.actions import issue
from qingdan.kernel.vault import interests, marking, unlocking
from qingdan.kernel.vault.filing import seal_files
from qingdan.kernel.vault.reading import read_identity
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.measures.adjustment.papers.catalogue import of_events
from qingdan.measures.complaints import accepting, answerable, complaining, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import errands_of
from qingdan.measures.complaints.models import Complaint, Rating, SealedPaper
from qingdan.measures.complaints.papers.issuing import issue as issue_sealed
from qingdan.measures.complaints.papers.words import OF_ACT
from qingdan.statute.roles import CHIEF, DISTRICT, EGOV, HANDLER, LEAD, OFFICE, UNIT

from .markers import MARKERS, NAMES

FROM = "2016-05-06"
OFFICES = {
    "zwb": "政务办", "bb": "编办", "fzb": "法制办", "czj": "财政局", "zwzx": "政务服务中心", "dzzw": "电子政务中心", "fgw": "发改委", "cg": "城管局",
    "hyl": "花园路街道", "qz": "区政府办", "hb": "环保局",
}  # fmt: skip
ROLES = (
    ("zwb", "调", OFFICE, ""), ("dzzw", "调", EGOV, ""), ("fzb", "调", LEAD, "权责"), ("bb", "调", LEAD, "权责"), ("zwzx", "调", LEAD, "审批"),
    ("czj", "调", LEAD, "收费"), ("fgw", "调", LEAD, "负面"), ("zwb", "诉", OFFICE, ""), ("qz", "诉", DISTRICT, ""), ("zwzx", "诉", HANDLER, "审批"),
    ("fzb", "诉", HANDLER, "权力"), ("bb", "诉", HANDLER, "责任"), ("czj", "诉", HANDLER, "收费"),
)  # fmt: skip
KEEPERS = {"sys_1": Account.SYSTEM, "sec_1": Account.SECURITY, "aud_1": Account.AUDIT}
ENTITLED = ("fzb_1", "fzb_2", "fzb_3", "fzb_head", "fzb_vice_head")
"""Those at work on the complaint, and who keeps identities there."""
KNOWING = ("zwb_1", "qz_1", "hb_1")
"""Those who may know that there is one (S46), and nothing of what it says. Of one that is not about 政务办 区政府 knows nothing, but may ask.
环保局 was asked for papers (诉15) and reads the letter, which names nobody."""
NOBODY = "anonymous"
UNENTITLED = (NOBODY, "citizen", "stranger", "cg_1", "cg_head", "hyl_1", "dzzw_1", "fgw_1", "bb_1", "czj_1", "zwzx_1", *KEEPERS)
"""Everybody else: those who must not learn that there is one."""


@dataclass
class World:
    """Who is who, what was told, and with which code."""

    office: dict[str, Office] = field(default_factory=dict)
    person: dict[str, Person] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    complaint: Complaint | None = None
    code: str = ""

    def as_(self, who: str) -> Client:
        """A browser in which this person is logged in, or nobody."""
        client = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1", raise_request_exception=False)
        if who in self.person:
            client.force_login(Person.objects.get(pk=self.person[who].pk))
        return client

    def who(self, name: str) -> dict[str, Any]:
        return {"by": self.person[name], "office": self.office[name.split("_")[0]]}


def live(*, complaint: bool) -> World:
    """May and June 2016; the clock stands at the end of it."""
    world = _founded()
    _at("2016-06-06T09:00")
    if complaint:
        _complained(world)
    _ordinary(world)
    return world


def _at(moment: str) -> None:
    clock.set_fixed(moment)


def _founded() -> World:
    _at(f"{FROM}T08:00")
    since, world = date.fromisoformat(FROM), World()
    world.office = {code: Office(code=code, name=f"金水区{short}", short=short, kind="部门", valid_from=since) for code, short in OFFICES.items()}
    names = [f"{code}_1" for code in OFFICES] + ["fzb_2", "fzb_3", "cg_head", "fzb_head", "fzb_vice_head", "stranger", *KEEPERS]
    world.person = {name: Person(username=name, name=f"{name}某") for name in names}
    held = [
        Post(person=person, office=world.office[name.split("_")[0]], valid_from=since, rank=Post.HEAD if name.endswith("_head") else Post.CLERK)
        for name, person in world.person.items() if name.split("_")[0] in world.office
    ]  # fmt: skip
    roles = [OfficeRole(office=world.office[code], measure=m, role=role, scope=scope, valid_from=since) for code, m, role, scope in ROLES]
    accounts = [Account(person=world.person[name], duty=duty) for name, duty in KEEPERS.items()]
    note("create_district", by=None, rows=[*world.office.values(), *world.person.values(), *held, *roles, *accounts])
    entrust(person=world.person["fzb_head"], office=world.office["fzb"], by=None)
    return world


# ---- the complaint ---------------------------------------------------------------------------------------


def _complained(world: World) -> None:
    """Through the portal, about 城管局; then everything that 法制办 does with it until it is taken up. Every marker is in it somewhere."""
    browser = Client(SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="iPhoneOfLanxi77")
    words = "；".join(m for m in MARKERS if m not in (*NAMES[:1], "13812340001", "lanxi77@mail.example", "花园路甲字9号院"))
    told = {
        "token": "77" * 16, "grounds": ["7"], "text": words, "respondent_kind": "staff", "respondent_office": world.office["cg"].pk,
        "respondent": MARKERS[18], "evidence": MARKERS[16], "to": "auto", "confidential": "on", "honest": "on", "name": NAMES[0],
        "phone": "13812340001", "email": "lanxi77@mail.example", "address": "花园路甲字9号院", "id_kind": "id", "id_tail": "77X3",
        "materials": [_photo(), _letter()],
    }  # fmt: skip
    answer = browser.post("/write/", told)
    if answer.status_code != 200:
        raise RuntimeError(f"the complaint was not taken: {answer.status_code}")
    world.complaint = Complaint.rows.latest("pk")
    from qingdan.portal.tokens import code_of

    world.code = code_of(told["token"])  # type: ignore[arg-type]
    browser.post("/write/status/", {"reference": world.complaint.reference, "code": "QueryCodeZX81LANXI"})
    _handled(world, world.complaint)
    _decided(world, world.complaint)
    _afterwards(world, browser)


def _photo() -> SimpleUploadedFile:
    from PIL import Image

    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F], exif[0x010E] = "iPhoneOfLanxi77", "GPS34.7466N113.6253E"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("DSC_0420_lanxi.JPG", out.getvalue(), content_type="image/jpeg")


def _letter() -> SimpleUploadedFile:
    return SimpleUploadedFile("举报信终稿v9.docx.txt", "；".join(MARKERS).encode(), content_type="text/plain")


def _handled(world: World, complaint: Complaint) -> None:
    case, clerk = complaint.case, world.who("fzb_1")
    events = [accepting.ask_evidence(case, f"请补充{MARKERS[16]}的收据", **clerk)]
    _at("2016-06-07T09:00")
    complaining.give_evidence(case, f"收据在{MARKERS[28]}", key="w-evidence")
    events.append(accepting.accept(case, f"{NAMES[1]}已经核实", **clerk))
    for event in events:
        for template in OF_ACT.get(event.act, ()):
            issue_sealed(Complaint.rows.get(pk=complaint.pk), event, template, **clerk)
    asked = unlocking.ask(complaint.reference, "当面核实", **clerk)
    unlocking.grant(asked, by=world.person["fzb_head"], until=clock.now() + timedelta(hours=20))
    if complaint.identity is not None:
        read_identity(complaint.identity, **clerk, purpose="当面核实")
    interests.declare("phone", "relative", "13812340001", **clerk)
    interests.declare("address", "relative", "花园路甲字9号院", **clerk)
    interests.conflict(complaint.identity, world.person["fzb_1"], **clerk)
    marking.names_identity(complaint.identity, f"请核实{NAMES[0]}", **clerk)


def _decided(world: World, complaint: Complaint) -> None:
    """Investigated by two, 环保局 asked for papers, decided, told; and 环保局 registered for obstruction. Letters name nobody (T7)."""
    case, clerk, other = complaint.case, world.who("fzb_2"), world.who("fzb_3")
    investigating.name_investigators(case, [world.person["fzb_2"], world.person["fzb_3"]], **clerk)
    for one in (clerk, other):
        investigating.declare_no_interest(case, **one)
    for side in ("complainant", "respondent"):
        hearing.hear(case, side, f"{NAMES[2]}说，{MARKERS[27]}", "talk", clock.today(), **clerk)
    errands.draft(case, "materials", world.office["hb"], "请提供六月份的监测记录", date(2016, 6, 20), **clerk)
    errands.approve(case, errands_of(complaint).latest("pk"), **other)
    errand = errands_of(complaint).select_related("complaint__case", "complaint__handler").latest("pk")
    errands.report(errand, "监测记录附后", seal_files(complaint.reference, [_sheet()]), **world.who("hb_1"))
    errands.accept(errand, **clerk)
    parts = {"claims": MARKERS[18], "facts": f"{MARKERS[19]}，{MARKERS[28]}", "basis": "收费目录清单", "handling": "责令退还"}
    deciding.draft_decision(case, "true", parts, **clerk)
    deciding.decide(case, **world.who("fzb_vice_head"))
    deciding.tell_result(case, "query", f"{MARKERS[19]}，属实", **clerk)
    _papers(world, complaint)
    answerable.register("obstruction", complaint, world.office["hb"], f"拖延，{MARKERS[27]}", **clerk)


def _papers(world: World, complaint: Complaint) -> None:
    """Whatever paper there is of a step of 法制办, made and sealed."""
    made = set(SealedPaper.rows.filter(case=complaint.case).values_list("n", "template"))
    for event in complaint.case.events.filter(office_code="fzb").order_by("n"):
        for template in OF_ACT.get(event.act, ()):
            if (event.n, template.key) not in made:
                issue_sealed(Complaint.rows.get(pk=complaint.pk), event, template, **world.who("fzb_1"))


def _sheet() -> bytes:
    return "六月份监测记录".encode()


def _afterwards(world: World, browser: Client) -> None:
    """What the complainant does with the code: reads, answers the one question, complains again with new facts."""
    assert world.complaint is not None  # noqa: S101 - just planted
    shown = {"reference": world.complaint.reference, "code": world.code}
    browser.post("/write/status/", shown | {"do": "read"})
    browser.post("/write/status/", shown | {"do": "rate", "answer": "bad", "token": "76" * 16})
    told = {"do": "reopen", "token": "78" * 16, "new_facts": "；".join(MARKERS[18:]), "confidential": "on", "honest": "on", "materials": [_photo()]}
    answer = browser.post("/write/status/", shown | told)
    if answer.status_code != 200 or Complaint.rows.count() != 2 or not Rating.objects.exists():
        raise RuntimeError(f"the complaint was not taken again: {answer.status_code}")


# ---- the rest of June ------------------------------------------------------------------------------------


def _ordinary(world: World) -> None:
    """Two items, two cases of 调整 with a paper, notices, letters, calendars: what goes on in any case."""
    _at("2016-06-08T09:00")
    _items(world)
    for name in ("cg_1", "bb_1", "hyl_1"):
        if settings.MAIL_FROM:
            set_mail(**world.who(name), address=f"{name}@example.gov.cn", mode="each")
        world.feeds[name] = make_feed(**world.who(name), personal=False)
    cases = [_case(world, n) for n in (1, 2)]
    _at("2016-06-12T10:00")
    for case in cases:
        lead = world.office["fzb"]
        record(case, "refer", **world.who("zwb_1"), gives={LEAD: [lead, world.office["bb"]], CHIEF: [lead]})
    (origin,) = of_events(cases[0], cases[0].events.filter(act="refer"))
    given = {f.key: "某" for f in origin.template.fields if f.key != "changes"}
    issue(origin.wanted(world.office["zwb"], given), address="http://localhost/verify/", **world.who("zwb_1"))
    record(cases[0], "agree", **world.who("bb_1"))
    tell(world.office["cg"], "请核对联系电话。", key="ordinary")
    for day in ("2016-06-13", "2016-06-14", "2016-06-15"):
        _at(f"{day}T08:45")
        sweep()
        write_letters()
    _at("2016-06-15T09:00")


def _items(world: World) -> None:
    rows = [["部门", "名称", "编码", "分类", "联系电话", "法律依据"]]
    rows += [["城管局", f"事项{n}", f"410105-001-01-{n:03d}-00", "01", "0371-63526000", "《水法》第三条"] for n in (1, 2)]
    table = read("\n".join(",".join(row) for row in rows).encode("utf-8-sig"), "表.csv")
    committing.commit("审批", table, committing.plan("审批", table).digest, **world.who("zwb_1"))


def _case(world: World, n: int) -> Case:
    gives = {UNIT: [world.office["cg"]], OFFICE: [world.office["zwb"]], EGOV: [world.office["dzzw"]]}
    who = world.who("cg_1")
    case = open_case("调", "cause_arose", **who, title=f"变更：事项{n}", gives=gives, dates={"cause_day": date(2016, 6, 7)})
    record(case, "apply", **who)
    return case
