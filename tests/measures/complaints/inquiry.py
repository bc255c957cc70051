"""A body at its investigation: 法制办 with three clerks and two heads; each verb one action, on its day of 2016."""

from __future__ import annotations

from datetime import date

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Person, Post
from qingdan.measures.complaints import answerable, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import decisions_of, errands_of
from qingdan.measures.complaints.deciding import PARTS, Duty

WORDS = {"claims": "反映窗口超收费用", "facts": "核对票据三张，属实", "basis": "收费目录清单", "handling": "责令退还，书面检查"}
LETTER = "请查明六月份窗口收费的情况并报告"


def staff(room, code="fzb", password=""):
    """Two more clerks and two heads of this body: `fzb_2`, `fzb_3`, `fzb_h`, `fzb_h2`; `password` as it is kept."""
    office = room.office(code)
    ranks = {"2": Post.CLERK, "3": Post.CLERK, "h": Post.HEAD, "h2": Post.HEAD}
    people = {k: Person(username=f"{code}_{k}", name=f"{office.short}{'负责人' if 'h' in k else '经办'}{k}", password=password) for k in ranks}
    posts = [Post(person=people[k], office=office, rank=rank, valid_from=date(2016, 5, 6)) for k, rank in ranks.items()]
    with clock.frozen("2016-05-06T08:40"):
        note("more_staff", by=None, rows=[*people.values(), *posts])
    return {"1": getattr(room.d, code).person, **people}


class Inquiry:
    """One accepted complaint at 法制办, with its two investigators declared unless `team` says otherwise."""

    def __init__(self, room, on="09-12", team=("1", "2"), assigned=False, **changes):
        self.room, self.people, self.office = room, staff(room), room.office("fzb")
        self.c = room.file(on, "zwb" if assigned else "fzb", **changes)
        if assigned:
            room.assign(on, self.c)
        room.accept(on, self.c)
        if team:
            self.name(on, *team)
            for n in team:
                self.do(on, n, investigating.declare_no_interest)

    @property
    def case(self):
        return self.c.case

    def who(self, n):
        return {"by": self.people[n], "office": self.office}

    def do(self, on, n, action, *args, **kw):
        """An act in the complaint's own case by this person of the body."""
        self.room.on(on)
        return action(self.case, *args, **{**self.who(n), **kw})

    def name(self, on, *team, by="1", **kw):
        return self.do(on, by, investigating.name_investigators, [self.people[n] for n in team], **kw)

    def hear(self, on="09-13", by="1"):
        day = date(2016, int(on[:2]), int(on[3:]))
        self.do(on, by, hearing.hear, "complainant", "票据三张在此", "talk", day)
        self.do(on, by, hearing.hear, "respondent", "按目录收取", "writing", day)

    def draft(self, on, kind, unit="cg", due=None, by="1", words=LETTER, **kw):
        self.do(on, by, errands.draft, kind, self.room.office(unit) if unit else self.office, words, due, **kw)
        return errands_of(self.c).order_by("-pk").first()

    def approve(self, on, errand, by="2", **kw):
        self.do(on, by, errands.approve, errand, **kw)
        return errands_of(self.c).select_related("complaint").get(pk=errand.pk)

    def send(self, on, kind, unit="cg", due=None, **kw):
        """Drafted and approved on one day."""
        return self.approve(on, self.draft(on, kind, unit, due, **kw))

    def of(self, on, who, action, errand, *args, **kw):
        """An act in an errand's case: by a person of the body (`"1"`), or by the clerk of a unit (`"cg"`)."""
        self.room.on(on)
        return action(errand, *args, **(self.who(who) if who in self.people else self.room.who(who)), **kw)

    def decision(self, on, conclusion="true", duties=(), by="1", words=WORDS):
        self.do(on, by, deciding.draft_decision, conclusion, dict(words), [Duty(self.room.office(u), w, due) for u, w, due in duties])
        return decisions_of(self.c).order_by("-pk").first()

    def decide(self, on, by="h", **kw):
        return self.do(on, by, deciding.decide, **kw)

    def decided(self, on="09-20", **kw):
        self.hear()
        self.decision(on, **kw)
        return self.decide(on)


__all__ = ["LETTER", "PARTS", "WORDS", "Inquiry", "answerable", "staff"]
