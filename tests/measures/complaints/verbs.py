"""For each act of the investigation how somebody does it: with what is drawn for it, mostly what fits, sometimes anything."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from qingdan.kernel import clock
from qingdan.measures.complaints import answerable, complaining, deciding, errands, hearing, investigating
from qingdan.measures.complaints.deciding import Duty
from qingdan.measures.complaints.models import Errand, Investigator, Recusal
from qingdan.statute.complaints_inquiry import CONCLUSIONS, ERRANDS, EXECUTION, HANDOVER, RECUSAL_BASES, RECUSAL_GROUNDS

from .crowd import BODIES
from .inquiry import LETTER, WORDS

RARE = {"decide", "decide_assigned", "close_malicious", "reject_malicious", "propose_malicious", "remove_investigator", "call_confrontation", "return_decision"}
"""Lawful at many a step; done each time, no investigation would get far."""


class Verbs:
    """`self.draw(strategy)`, `self.crowd`, `self.likely(case)`: people in the team as the rows have them. Each verb: (case or errand, who) -> what is done."""

    def some(self, *of):
        return self.draw(st.sampled_from(of))

    def chance(self, one_in):
        return self.draw(st.integers(1, one_in)) == one_in

    def day(self, most=20):
        return clock.today() + timedelta(days=self.draw(st.integers(-1 if self.chance(8) else 1, most)))

    def members(self, case, body):
        """Whom to name: mostly people of the body against whom nothing stands."""
        body = body if body in BODIES else BODIES[0]
        plain = [self.crowd.person[f"{body}_{k}"] for k in ("1", "2", "3", "h", "h2", "sub")]
        everybody = list(self.crowd.person.values())
        chosen = self.draw(st.lists(st.sampled_from(plain), min_size=2, max_size=4, unique_by=lambda p: p.pk))
        if self.chance(3):
            chosen.append(self.crowd.person[f"{body}_{self.some('kin', 'named', 'listed', 'key', 'both', 'keyh')}"])
        if self.chance(12):
            chosen[0] = self.draw(st.sampled_from(everybody))
        return chosen

    # the team

    def name_investigators(self, case, who):
        return investigating.name_investigators(case, self.members(case, who["office"].code), **who)

    def add_investigator(self, case, who):
        return investigating.add_investigator(case, self.members(case, who["office"].code)[-1], **who)

    def remove_investigator(self, case, who):
        return investigating.remove_investigator(case, self.of_team(case), "另有任务", **who)

    def declare_no_interest(self, case, who):
        return investigating.declare_no_interest(case, **who)

    def ask_recusal(self, case, who):
        asked = self.some("self", "complainant", "respondent", "check")
        person = who["by"] if asked == "self" and not self.chance(6) else self.of_team(case)
        return investigating.ask_recusal(case, person, self.some(*RECUSAL_GROUNDS), asked, "有亲属在该单位", **who)

    def decide_recusal(self, case, who):
        waiting = [r.person for r in Recusal.objects.filter(case=case, outcome="").select_related("person")]
        forced = {r.person for r in Recusal.objects.filter(case=case, outcome="", asked__in=("self", "check")).select_related("person")}
        granted = waiting if self.chance(2) else forced
        return investigating.decide_recusal(case, [] if self.chance(8) else granted, self.some(*RECUSAL_BASES), "情况属实", **who)

    # both sides

    def hear_complainant(self, case, who):
        return hearing.hear(case, "complainant", "票据三张在此", "talk", clock.today(), self.present(case), **who)

    def hear_respondent(self, case, who):
        return hearing.hear(case, "respondent", "按目录收取", "writing", clock.today(), self.present(case), **who)

    def note_complainant_unheard(self, case, who):
        return hearing.note_unheard(case, "complainant", "两次通知没有来", clock.today(), **who)

    def note_respondent_unheard(self, case, who):
        return hearing.note_unheard(case, "respondent", "两次通知没有来", clock.today(), **who)

    def record_finding(self, case, who):
        return hearing.record_finding(case, "票据三张", clock.today(), self.present(case), **who)

    def call_confrontation(self, case, who):
        return hearing.call_confrontation(case, "9月20日在会议室", self.chance(2), **who)

    def confront(self, case, who):
        return hearing.confront(case, "双方到场", clock.today(), self.present(case), **who)

    def cancel_confrontation(self, case, who):
        return hearing.cancel_confrontation(case, "不再需要", **who)

    def present(self, case):
        if not self.chance(4):
            return ()
        people = [*self.team(case), self.draw(st.sampled_from(list(self.crowd.person.values())))]
        return self.draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique_by=lambda p: p.pk))

    # what units are sent

    def draft_handover(self, case, who):
        unit = self.crowd.office[self.some("fgw", "zwb", "hyl", "cg") if not self.chance(12) else who["office"].code]
        return errands.draft(case, HANDOVER, unit, LETTER, self.day(6), about_leaders=self.chance(6), **who)

    def draft_order(self, case, who):
        kind = self.some(*(k for k in ERRANDS if k not in (HANDOVER, EXECUTION)))
        outside = "区监察局" if kind in ("liability", "accountability", "offence") and self.chance(3) else ""
        unit = who["office"] if outside else self.crowd.office[self.some("cg", "hyl", "fgw")]
        return errands.draft(case, kind, unit, LETTER, self.day(), outside, **who)

    def approve_letter(self, case, who):
        return errands.approve(case, self.letter(case), **who)

    def reject_letter(self, case, who):
        return errands.reject(case, self.letter(case), "没有写清时间", **who)

    def letter(self, case):
        found = list(Errand.rows.filter(complaint__case=case, decision=None).order_by("case", "rejected_on", "pk"))
        waiting = [e for e in found if e.is_pending]
        return self.draw(st.sampled_from(waiting if waiting and not self.chance(10) else found or [Errand(pk=0)]))

    # the decision

    def draft_decision(self, case, who):
        units = [self.crowd.office[c] for c in ("cg", "hyl")][: self.draw(st.integers(0, 2))]
        return deciding.draft_decision(case, self.some(*CONCLUSIONS), dict(WORDS), [Duty(u, "退还超收的费用") for u in units], **who)

    def return_decision(self, case, who):
        return deciding.return_decision(case, "依据没有写全", **who)

    def decide(self, case, who):
        return deciding.decide(case, **who)

    decide_assigned = decide

    def tell_result(self, case, who):
        return deciding.tell_result(case, "query", "您反映的问题属实", **who)

    def extend_handling(self, case, who):
        return deciding.extend_handling(case, self.day(50), "情况复杂", "延长办理", **who)

    def propose_malicious(self, case, who):
        return deciding.propose_malicious(case, "票据系伪造", **who)

    def reject_malicious(self, case, who):
        return deciding.reject_malicious(case, "不能认定", **who)

    def close_malicious(self, case, who):
        return deciding.close_malicious(case, "票据系伪造", **who)

    # the complainant

    def add_facts(self, case, who):
        return complaining.add_facts(case, "又想起一件事", by=who["by"], through=who["office"])

    def withdraw_complaint(self, case, who):
        return complaining.withdraw_complaint(case, "来电撤回", by=who["by"], through=who["office"])

    # in an errand's case, and of liability

    def in_errand(self, act, errand, who):
        kind = ERRANDS[errand.kind]
        if act == kind.report:
            return errands.report(errand, "已经查明", **who)
        if act == kind.accept:
            return errands.accept(errand, **who)
        if act == kind.back:
            return errands.give_back(errand, "没有写清时间", self.day(8) if kind.needs_day or self.chance(2) else None, **who)
        if act == kind.ends:
            return errands.end(errand, "不再需要", **who)
        if act in ("register_default", "register_silence"):
            return answerable.find_default(errand, "不是正当理由", **who)
        return {"ask_reason": answerable.ask_reason, "give_reason": answerable.give_reason, "accept_reason": answerable.accept_reason}[act](
            errand, "人手不够", **who
        )

    def register(self, complaint, who):
        unit = self.crowd.office[self.some("cg", "hyl", "fzb", "zwb")]
        return answerable.register(self.some("obstruction", "misconduct", "office", "default"), complaint, unit, "拒不提供材料", **who)

    def answer_for(self, liability, who):
        if self.chance(2):
            return answerable.refer(liability, "区监察局", "区监移〔2016〕3号", **who)
        return answerable.drop(liability, "情节轻微", **who)

    def team(self, case):
        return [i.person for i in Investigator.objects.filter(case=case, ended_on=None).select_related("person")]

    def of_team(self, case):
        people = self.team(case)
        return self.draw(st.sampled_from(people if people and not self.chance(8) else list(self.crowd.person.values())))


IN_CASE = [
    name for name in vars(Verbs)
    if name not in ("some", "chance", "day", "members", "present", "letter", "in_errand", "register", "answer_for", "team", "of_team") and name[0] != "_"
]  # fmt: skip
__all__ = ["IN_CASE", "RARE", "Verbs"]
