"""第十三条: who investigates. At least two at every moment, each without an interest of their own; recusal asked for and decided (S21, T9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

from django.db import models
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import repeated
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person, Post
from qingdan.kernel.offices.queries import is_custodian, lineage, may_act_for, on
from qingdan.kernel.vault.interests import conflict
from qingdan.kernel.vault.reading import read_content
from qingdan.lists.queries import current
from qingdan.statute.complaints_inquiry import (
    BY_HEAD,
    CHECK,
    LEAST_INVESTIGATORS,
    OUT_AT_ONCE,
    RECUSAL_ASKED,
    RECUSAL_BASES,
    RECUSAL_GROUNDS,
    SELF,
)
from qingdan.statute.labels import label

from .access import of_case
from .actions import Who, ensure_words, said, write
from .models import Complaint, Investigator, Passage, Recusal

# ---- who they are ----------------------------------------------------------------------------------------------


def team(complaint: Complaint) -> list[Investigator]:
    """Those named and not ended."""
    return list(Investigator.objects.filter(case=complaint.case_id, ended_on=None).select_related("person"))


def ready(complaint: Complaint) -> list[Person]:
    """Those who count: still in office there, declared to have no interest, none admitted or found that awaits its decision, not excluded since."""
    out = set(Recusal.objects.filter(case=complaint.case_id, outcome="", asked__in=OUT_AT_ONCE).values_list("person", flat=True))
    body, today = complaint.handler, clock.today()
    counted = [i.person for i in team(complaint) if i.declared_on and i.person_id not in out]
    there = [p for p in counted if body is not None and p.active and Post.objects.filter(on(today), person=p, office__in=lineage(body)).exists()]
    return [p for p in there if not excluded(complaint, p)]


def ensure_two(complaint: Complaint, act: str, by: Person | None = None) -> list[Person]:
    """Q3: no step of the investigation with fewer than two. `by`: the one who takes it, where only an investigator may. Raises Refused."""
    there, what = ready(complaint), f"不能“{label(act)}”"
    if len(there) < LEAST_INVESTIGATORS:
        why = f"现在能参加调查的有 {len(there)} 人，不得少于两人（第十三条）"
        raise Refused(what, why, "请指定或者增加调查人员，并由各人声明没有利害关系")
    if by is not None and by not in there:
        names = "、".join(p.name for p in there)
        raise Refused(what, f"{by.name}不是本件的调查人员（第十三条）", f"请由调查人员{names}办理")
    return there


def is_head(person: Person, office: Office) -> bool:
    """负责人 of this office today?"""
    return Post.objects.filter(on(clock.today()), person=person, office=office, rank=Post.HEAD).exists()


def ensure_head(act: str, who: Who) -> Person:
    """第十四条, S21: the head of the body decides. Raises Refused; returns the person."""
    by, office = who.get("by"), who["office"]
    if by is None or not is_head(by, office):
        raise Refused(f"不能“{label(act)}”", f"须由{office.short}的负责人办理", "请由本单位负责人的账号办理")
    return by


def excluded(complaint: Complaint, person: Person, told: str = "") -> str:
    """P-D6: why this person can never investigate this complaint; "" where nothing of what is known stands against it. `told`: what was said."""
    today, about = clock.today(), complaint.respondent_office
    if about is not None and Post.objects.filter(on(today), person=person, office__in=lineage(about)).exists():
        return "在被投诉单位任职"
    if complaint.handler is not None and is_custodian(person, complaint.handler, today):
        return "是本单位的身份保管员"
    version = current(complaint.item) if complaint.item else None
    if version is not None and any(person.name in str(value) for value in version.content_dict.values()):
        return "是清单上所投诉事项的承办人"
    return "在投诉内容中被点到姓名" if person.name in told else ""


def ensure_apart(act: str, complaint: Complaint, by: Person, told: str = "") -> None:
    """第十三条: who approves, signs or decides is not excluded and was not recused, nor are those whose posts they fill. Raises Refused."""
    out = Recusal.objects.filter(Q(outcome=Recusal.GRANTED) | Q(outcome="", asked__in=OUT_AT_ONCE), case=complaint.case_id)
    for person in (by, *by.stands_for):
        why = excluded(complaint, person, told) or ("已经回避，或者等待决定回避" if out.filter(person=person).exists() else "")
        if why:
            raise Refused(f"不能“{label(act)}”", f"{person.name}{why}，应当回避（第十三条）", "请由本单位没有这些情形的人办理")


# ---- what is done ----------------------------------------------------------------------------------------------


def name_investigators(case: Case, persons: Sequence[Person], **who: Unpack[Who]) -> Event:
    """第十三条 指定调查人员：不少于两人；被投诉单位的人、承办人、身份保管员自动排除；利害关系在保密库内核对（T9）。"""
    if len(set(persons)) < LEAST_INVESTIGATORS:
        raise Refused("不能“指定调查人员”", f"只选了 {len(set(persons))} 人，不得少于两人（第十三条）", "请再选择调查人员")
    return _named("name_investigators", case, persons, who)


def add_investigator(case: Case, person: Person, **who: Unpack[Who]) -> Event:
    """第十三条 增加调查人员."""
    return _named("add_investigator", case, [person], who)


def _named(act: str, case: Case, persons: Sequence[Person], who: Who) -> Event:
    if (before := repeated(who.get("key"), act, case)) is not None:
        return before
    complaint, persons = of_case(case), list(dict.fromkeys(persons))
    told = told_of(complaint, who)
    for person in persons:
        _ensure_fit(act, complaint, person, who["office"], told)
    found = [p for p in persons if _in_conflict(complaint, p, who)]
    with writing():
        event = write(case, act, [], lambda c: _new(act, c, persons), who, facts={"persons": sorted(p.username for p in persons)})
        key = who.get("key") or ""
        for n, person in enumerate(found, 1):
            row = Recusal(case=case, person=person, asked=CHECK, ground="interest", asked_on=clock.today())
            mine: Who = {"by": who["by"], "office": who["office"], "key": f"{key}-c{n}" if key else None}
            write(case, "ask_recusal", [], lambda c, row=row: [row], mine, facts={"person": person.username, "asked": CHECK})  # type: ignore[misc]
    return event


@sensitive_variables()
def told_of(complaint: Complaint, who: Who) -> str:
    """What was said about whom, for the names in it; a reading like any other, of the body that handles it; of others nothing is read."""
    by = who.get("by")
    if by is None or complaint.handler_id not in lineage(who["office"]):
        return ""
    told = read_content(complaint.content, by=by, office=who["office"], purpose="核对回避")
    return told["respondent"] + "\n" + told["text"]


@sensitive_variables("told")
def _ensure_fit(act: str, complaint: Complaint, person: Person, office: Office, told: str) -> None:
    what = f"不能“{label(act)}”"
    if not may_act_for(person, office, clock.today()):
        raise Refused(what, f"{person.name}今天在{office.short}没有任职", "请从本单位的人员中选择")
    if why := excluded(complaint, person, told):
        raise Refused(what, f"{person.name}{why}，应当回避（第十三条）", "请另选调查人员")
    if Recusal.objects.filter(case=complaint.case_id, person=person, outcome=Recusal.GRANTED).exists():
        raise Refused(what, f"{person.name}已经回避（第十三条）", "请另选调查人员")


def _in_conflict(complaint: Complaint, person: Person, who: Who) -> bool:
    by = who.get("by")
    return by is not None and complaint.identity is not None and conflict(complaint.identity, person, by=by, office=who["office"])


def _new(act: str, complaint: Complaint, persons: Iterable[Person]) -> list[models.Model]:
    there = {i.person_id for i in team(complaint)}
    for person in persons:
        if person.pk in there:
            raise Refused(f"不能“{label(act)}”", f"{person.name}已经是本件的调查人员", "请另选人员")
    return [Investigator(case=complaint.case, person=p, named_on=clock.today()) for p in dict.fromkeys(persons)]


def remove_investigator(case: Case, person: Person, reason: str, **who: Unpack[Who]) -> Event:
    """第十三条 调整调查人员：写明理由；剩下不足两人的，增加以前调查各步都不能办理。"""
    act = "remove_investigator"
    ensure_words(act, reason, "调整的理由")

    def rows(complaint: Complaint) -> list[models.Model]:
        return [_ended(_one(act, complaint, person), Investigator.CHANGED)]

    return write(case, act, said(case, Passage.NOTE, act, reason, who["office"]), rows, who, facts={"person": person.username})


def declare_no_interest(case: Case, **who: Unpack[Who]) -> Event:
    """第十三条 声明：调查人员本人声明与本件没有直接利害关系，不看投诉人的身份（T9）。"""
    act, by = "declare_no_interest", _oneself("declare_no_interest", who)

    def rows(complaint: Complaint) -> list[models.Model]:
        mine = _one(act, complaint, by)
        if mine.declared_on:
            raise Refused(f"不能“{label(act)}”", "您已经声明过", "无需重复办理")
        if _pending(complaint).filter(person=by, asked__in=OUT_AT_ONCE).exists():
            raise Refused(f"不能“{label(act)}”", "您的回避还没有决定", "请等待负责人决定")
        mine.declared_on = clock.today()
        return [mine]

    return write(case, act, [], rows, who)


def ask_recusal(case: Case, person: Person, ground: str, asked: str, words: str, **who: Unpack[Who]) -> Event:
    """第十三条 回避：本人自行回避，或者登记投诉人、被投诉人的申请；写明情形和理由。"""
    act = "ask_recusal"
    if ground not in RECUSAL_GROUNDS or asked not in RECUSAL_ASKED or asked == CHECK:
        raise Refused(f"不能“{label(act)}”", "没有选择情形，或者由谁提出", "请从列出的各项中选择")
    if asked == SELF and person != _oneself(act, who):
        raise Refused(f"不能“{label(act)}”", "自行回避只能由本人提出", "请由本人的账号办理，或者选择由谁申请")
    ensure_words(act, words, "理由")

    def rows(complaint: Complaint) -> list[models.Model]:
        _one(act, complaint, person)
        if _pending(complaint).filter(person=person).exists():
            raise Refused(f"不能“{label(act)}”", f"{person.name}的回避正等待决定", "请等待负责人决定")
        return [Recusal(case=complaint.case, person=person, asked=asked, ground=ground, asked_on=clock.today())]

    told = said(case, Passage.REASON, act, words, who["office"])
    return write(case, act, told, rows, who, facts={"person": person.username, "asked": asked, "ground": ground})


def decide_recusal(case: Case, granted: Iterable[Person], basis: str, words: str, **who: Unpack[Who]) -> Event:
    """第十三条 决定回避（S21）：负责人一次决定全部待决的；涉及负责人本人的，由集体讨论或者区政府决定，另一人登记。"""
    act = "decide_recusal"
    ensure_words(act, words, "决定的理由")
    out, about = set(granted), "" if repeated(who.get("key"), act, case) else told_of(of_case(case), who)

    def rows(complaint: Complaint) -> list[models.Model]:
        waiting = list(_pending(complaint).select_related("person"))
        _ensure_may_decide(act, complaint, waiting, basis, who, about)
        found: list[models.Model] = []
        for row in waiting:
            if row.asked in OUT_AT_ONCE and row.person not in out:
                raise Refused(f"不能“{label(act)}”", f"{row.person.name}有直接利害关系，应当回避（第十三条）", "请决定其回避")
            row.outcome, row.basis = (Recusal.GRANTED if row.person in out else Recusal.DENIED), basis
            row.decided_by, row.decided_on = who["by"], clock.today()
            found += [row, *([_ended(one, Investigator.RECUSED) for one in team(complaint) if one.person == row.person and row.person in out])]
        return found

    told = said(case, Passage.REASON, act, words, who["office"])
    return write(case, act, told, rows, who, facts={"granted": sorted(p.username for p in out), "basis": basis})


@sensitive_variables("told")
def _ensure_may_decide(act: str, complaint: Complaint, waiting: Sequence[Recusal], basis: str, who: Who, told: str) -> None:
    what, by, office = f"不能“{label(act)}”", who["by"], who["office"]
    if basis not in RECUSAL_BASES:
        raise Refused(what, "没有选择决定方式", "请从列出的各项中选择")
    if by is None:
        raise Refused(what, "没有写明决定人", "请由本单位负责人的账号办理")
    if own := [row.person.username for row in waiting if row.person.username in hands.of(by)]:
        hands.ensure_another(what, frozenset(own), by, "不能决定自己的回避", "请由另一人办理")
    ensure_apart(act, complaint, by, told)
    if basis == BY_HEAD:
        ensure_head(act, who)
        if heads := [row.person.name for row in waiting if is_head(row.person, office)]:
            raise Refused(what, f"{'、'.join(heads)}是负责人，不能由负责人自己决定（第十三条）", "请改为集体讨论决定或者区政府决定")


def _pending(complaint: Complaint) -> models.QuerySet[Recusal]:
    return Recusal.objects.filter(case=complaint.case_id, outcome="")


def _one(act: str, complaint: Complaint, person: Person) -> Investigator:
    found = Investigator.objects.filter(case=complaint.case_id, person=person, ended_on=None).first()
    if found is None:
        raise Refused(f"不能“{label(act)}”", f"{person.name}不是本件的调查人员", "请核对人员")
    return found


def _oneself(act: str, who: Who) -> Person:
    by = who.get("by")
    if by is None or by.stands_for:
        raise Refused(f"不能“{label(act)}”", "只能由本人办理，不能代办", "请由本人的账号办理")
    return by


def _ended(row: Investigator, why: str) -> Investigator:
    row.ended_on, row.ended_why = clock.today(), why
    return row
