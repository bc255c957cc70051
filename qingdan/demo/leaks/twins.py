"""f1: two districts that differ in one confidential complaint; whoever is not entitled is told the same in both, wherever they look.

The addresses of the complaint itself (its numbers, its rows, its files) are tried in both. EXCEPT says what is known to differ, and why it may.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.db import transaction

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.notices.models import Letter, Notice
from qingdan.kernel.vault.models import Sealed, Unlock
from qingdan.measures.complaints.models import Complaint, Decision, Errand, Passage, SealedPaper

from .crawling import crawl, heard, masked
from .markers import MARKERS
from .scratch import numbered_afresh
from .world import UNENTITLED, World, live

EXCEPT = {
    "/ledger/": "T18：公布的是所有机制合计的链首和序号，不说办了什么",
    "/ledger.csv": "T18：同上",
    "/account/log/?what=events": "审计管理员看得到有人办了一步、在哪个单位，看不到是哪一件、关于谁",
}
WORDS = ("投诉", "诉2016", MARKERS[0], MARKERS[6])


@dataclass(frozen=True)
class Difference:
    """Who is told what differently."""

    who: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.who} {self.where}：{self.what}"


@dataclass
class Compared:
    """How much was looked at, and what differs."""

    answers: int
    differences: list[Difference]


Told = dict[tuple[str, str], object]
Say = Callable[[str], None]


def compare(people: Sequence[str] = UNENTITLED, only: Sequence[str] | None = None, say: Say = lambda line: None) -> Compared:
    """Live both, look as each of these people, and hold what they were told against each other. Leaves nothing behind.

    `only`: these pages, without following a link.
    """
    tried: list[str] = []
    one, other = (_lived(there, people, tried, only, say) for there in (True, False))
    keys = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
    return Compared(len(one), [_differs(key, one.get(key), other.get(key)) for key in keys])


def _lived(complaint: bool, people: Sequence[str], tried: list[str], only: Sequence[str] | None, say: Say) -> Told:
    """One of the two, in a transaction that is undone."""
    found: Told = {}
    try:
        with transaction.atomic():
            numbered_afresh()
            world = live(complaint=complaint)
            if complaint:
                tried += addresses(world)
            for who in people:
                found |= _told_to(world, who, tried, only)
                say(f"{'有' if complaint else '没有'}投诉：{who}，共 {len(found)} 个答复")
            transaction.set_rollback(True)
    finally:
        clock.set_fixed(None)
    return found


def _told_to(world: World, who: str, tried: Sequence[str], only: Sequence[str] | None) -> Told:
    """Answers by masked address: where several bear the same, all of them, in a row of their own."""
    client, grouped = world.as_(who), defaultdict(list)
    for where, answer in crawl(client, tried, WORDS, only).items():
        if where.partition("&")[0] not in EXCEPT:
            grouped[who, masked(where)].append(answer.told)
    found: Told = {key: answers[0] if len(answers) == 1 else sorted(map(repr, answers)) for key, answers in grouped.items()}
    for unit, token in world.feeds.items():
        if who == unit:
            found[who, "calendar"] = heard(client, f"/feeds/{token}.ics").told
    if who in world.person:
        letters = Letter.objects.filter(person=world.person[who]).order_by("made", "pk")
        found[who, "letters"] = [(letter.subject, letter.body) for letter in letters]
        posts = world.person[who].posts.values_list("office", flat=True)
        found[who, "notices"] = [(n.text, n.link) for n in Notice.objects.filter(office__in=posts, person=None).order_by("day", "pk")]
    return found


def addresses(world: World) -> list[str]:
    """Where the complaints and all that belongs to them would be, had one the right to it: by every name that they have."""
    if world.complaint is None:
        return []
    found = [where for complaint in Complaint.rows.select_related("case").order_by("pk") for where in _of(complaint)]
    for case in Case.objects.filter(law="诉", parent__isnull=False).order_by("pk"):
        number, sort = quote(case.number), "errands" if Errand.rows.filter(case=case).exists() else "liability"
        found += [f"/complaints/{sort}/{number}/{page}" for page in ("", *ACTS[sort])] + [f"/desk/cases/{number}/", f"/preview/case/{number}/"]
        found += [f"/complaints/{sort}/{number}/files/{p.sealed_id}/" for p in Passage.rows.filter(case=case, kind=Passage.FILE)]
        made = [(p.n, p.template) for p in SealedPaper.rows.filter(case=case)] or [(1, "none")]
        found += [f"/complaints/{sort}/{number}/papers/{n}/{template}/{end}/" for n, template in made for end in ("docx", "make")]
    return [*found, "/complaints/errands/", "/complaints/liability/"]


ACTS = {"errands": ("letter/", "do/answer_request/"), "liability": ("words/", "do/drop_liability/")}


def _of(complaint: Complaint) -> list[str]:
    number, reference = quote(complaint.case.number), complaint.reference
    duties = Obligation.objects.filter(case=complaint.case)
    found = [f"/complaints/{number}/", f"/complaints/{number}/content/", f"/complaints/{number}/do/accept/", f"/complaints/{quote(reference)}/",
             f"/complaints/{number}/liability/", f"/desk/cases/{number}/", f"/preview/case/{number}/", f"/adjustment/{number}/agree/",
             f"/adjustment/papers/{number}.pdf"]  # fmt: skip
    found += [f"/desk/cases/{number}/why/{quote(duty.place)}/" for duty in duties]
    found += [f"/complaints/{number}/files/{s.pk}/" for s in Sealed.objects.filter(subject=reference)]
    found += [f"/files/{s.file.stored}/" for s in Sealed.objects.filter(subject=reference).select_related("file") if s.file]
    for p in SealedPaper.rows.filter(case=complaint.case):
        found += [f"/complaints/{number}/papers/{p.n}/{p.template}/{end}/" for end in ("docx", "pdf", "make")] + [f"/verify/{quote(p.number)}/"]
    found += [f"/complaints/{number}/letters/{one.pk}/" for one in Errand.rows.filter(complaint=complaint)]
    found += [f"/complaints/{number}/decisions/{one.pk}/" for one in Decision.rows.filter(complaint=complaint)]
    found += [f"/vault/{page}/{reference}/" for page in ("ask", "identity", "seen")] + [f"/vault/seen/{reference}/print/"]
    return found + [f"/vault/unlocks/{u.pk}/" for u in Unlock.objects.filter(subject=reference)]


def _differs(key: tuple[str, str], one: object, other: object) -> Difference:
    who, where = key
    if one is None or other is None:
        return Difference(who, where, f"只在{'没有' if one is None else '有'}投诉的一边有这一页")
    if isinstance(one, tuple) and isinstance(other, tuple) and one[:2] == other[:2]:
        lines = difflib.unified_diff(str(other[2]).splitlines(), str(one[2]).splitlines(), lineterm="", n=0)
        changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        return Difference(who, where, " ".join(changed)[:300])
    return Difference(who, where, f"{str(other)[:150]} → {str(one)[:150]}")

