"""The offices at work on a complaint: each verb is one action of the product, done on its day of 2016 unless a year is given."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime
from types import SimpleNamespace

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.measures.complaints import accepting, actions, assigning, complaining
from qingdan.measures.complaints.access import of_case
from qingdan.measures.complaints.filing import Filing
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE

BODIES = (("zwzx", "审批"), ("fzb", "权力"), ("bb", "责任"), ("czj", "收费"))
IDENTITY = {"name": "欧阳若兰溪", "phone": "13812340001"}
TEXT = "窗口三号女工作人员收了我二百元整"


def give_roles(district, when="2016-05-06T08:30"):
    """第三条: the four bodies, 政务办, and 区政府 with one clerk (`qz_1`)."""
    district.qz = SimpleNamespace(office=Office(code="qz", name="金水区人民政府办公室", short="区政府办"), person=Person(username="qz_1", name="区政府办经办甲"))
    roles = [(district.zwb.office, OFFICE, ""), (district.qz.office, DISTRICT, ""), *((getattr(district, c).office, HANDLER, s) for c, s in BODIES)]
    held = [OfficeRole(office=office, measure="诉", role=role, scope=scope, valid_from=date(2016, 5, 6)) for office, role, scope in roles]
    with clock.frozen(when) if when else nullcontext():
        post = Post(person=district.qz.person, office=district.qz.office, valid_from=date(2016, 5, 6))
        note("give_roles", by=None, rows=[district.qz.office, district.qz.person, post, *held])


class Room:
    """`room.file("09-12", "zwb")`: on that day, registered by that office's clerk; `who=None`: through the portal."""

    def __init__(self, district):
        self.d, self.n = district, 0
        give_roles(district)

    def who(self, code):
        side = getattr(self.d, code)
        return {"by": side.person, "office": side.office}

    def office(self, code):
        return getattr(self.d, code).office

    def on(self, text, hour="09:00"):
        clock.set_fixed(f"{text if len(text) == 10 else f'2016-{text}'}T{hour}")

    def filing(self, **changes):
        told = {"channel": "phone", "text": TEXT, "grounds": ["7"], "identity": IDENTITY, "respondent_office": self.office("cg")} | changes
        return Filing(**told)

    def file(self, on="09-12", who="zwb", **changes):
        self.on(on)
        self.n += 1
        side = self.who(who) if who else {"by": None}
        changes = ({"channel": "web"} if who is None else {}) | changes
        return actions.file_complaint(self.filing(**changes), key=f"f{self.n}", **side)

    def do(self, on, who, action, complaint, *args, **kw):
        """An act of this office's clerk on that day; `who=None`: the complainant's, by the query code."""
        self.on(on)
        return action(complaint.case, *args, **(self.who(who) if who else {}), **kw)

    def assign(self, on, complaint, to="fzb", **kw):
        return self.do(on, "zwb", assigning.assign, complaint, self.office(to), **kw)

    def accept(self, on, complaint, who="fzb", **kw):
        return self.do(on, who, accepting.accept, complaint, **kw)

    def decline(self, on, complaint, ground="6-2", who="fzb", reasons="已经申请行政复议", way="query", **kw):
        return self.do(on, who, accepting.decline, complaint, ground, reasons, way, **kw)

    def ask(self, on, complaint, who="fzb", words="请提供收费票据"):
        return self.do(on, who, accepting.ask_evidence, complaint, words)

    def unproven(self, on, complaint, who="fzb", reasons="期满没有收到", way="query"):
        return self.do(on, who, accepting.decline_unproven, complaint, reasons, way)

    def transfer(self, on, complaint, to="bb", who="fzb", reason="属于公共服务"):
        return self.do(on, who, assigning.transfer, complaint, self.office(to), reason)

    def evidence(self, on, complaint, words="票据在此", **kw):
        return self.do(on, None, complaining.give_evidence, complaint, words, **kw)

    def facts(self, on, complaint, words="新的事实", **kw):
        return self.do(on, None, complaining.add_facts, complaint, words, **kw)

    def fresh(self, complaint):
        return of_case(complaint.case)


def moment(text):
    """2016-09-12T16:00, in the district."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def owed(complaint):
    """[(row, office, due day)] of the open duties that have a day."""
    found = complaint.case.obligations.filter(how="", due__isnull=False).order_by("due", "row")
    return [(o.row, o.office_code, o.due.isoformat()[5:] if o.due.year == 2016 else o.due.isoformat()) for o in found]
