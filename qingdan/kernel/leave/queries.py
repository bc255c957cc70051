"""Who fills whose post on a day. Asked anew with every request and every act: nothing of it is remembered (b5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.offices.queries import may_act_for, on, posts_of

from .models import VALID, Absence

SESSION = "stands_for"
"""Where a session keeps which absence its person has chosen to stand in for."""
OVER = Refused(
    "没有办理", "您的代办已经结束：期限已过，或者本人、登记人提前结束了",
    "什么也没有写入。请用浏览器的“后退”取回文字，以本人名义办理，或者请承办人办理"
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Somebody fills this post now: for `whom`, the first of them being absent from it, the others each for the one before."""

    post: Post
    whom: tuple[Person, ...]
    until: date
    absence: Absence

    @property
    def person(self) -> Person:
        return self.whom[0]


def in_force(day: date) -> QuerySet[Absence]:
    """Valid on this day; the post holds, its office is there, the absent person's account is in use and none of the 三员."""
    there = on(day, "post__") & on(day, "post__office__")
    found = Absence.objects.filter(VALID, there, first__lte=day, last__gte=day, person__active=True)
    return found.exclude(person__account__duty__gt="").select_related("post__office", "person", "substitute")


def chain(whom: int, away: Mapping[int, int], fit: Callable[[int], bool]) -> tuple[int, ...]:
    """From the absent one to whoever is there: (absent, …, present); () where that ends at nobody.

    `away`: who is away -> who stands in; `fit`: may this person fill the post?
    """
    found = [whom]
    while (following := away.get(found[-1])) is not None:
        if following in found:
            return ()
        found.append(following)
    return tuple(found) if len(found) > 1 and fit(found[-1]) else ()


def _around(person: Person, day: date) -> list[Absence]:
    """The absences of this day in the offices in which the person holds a post themselves; one query."""
    return list(in_force(day).filter(post__office__in=posts_of(person, day).values("office")))


def _filled_by(person: int, absences: Iterable[Absence]) -> list[Standing]:
    """Those of these posts that the person fills: office by office, from the absent one to whoever is there."""
    found: list[Standing] = []
    of_office: dict[int, dict[int, Absence]] = {}
    for absence in absences:
        of_office.setdefault(absence.post.office_id, {})[absence.person_id] = absence
    for there in of_office.values():
        away = {key: a.substitute_id for key, a in there.items()}
        for absent, absence in there.items():
            if path := chain(absent, away, lambda key: key == person):
                steps = [there[key] for key in path[:-1]]
                found.append(Standing(absence.post, tuple(s.person for s in steps), min(s.last for s in steps), absence))
    return sorted(found, key=lambda s: (s.post.office.code, s.person.username))


def standings(person: Person, day: date) -> list[Standing]:
    """The posts of others that this person fills on this day."""
    return _filled_by(person.pk, _around(person, day)) if person.active and not person.duty else []


def seen_from(post: Post, day: date) -> list[Absence]:
    """The same absences for what a page shows, looked up once for the post of a request; no act is allowed by it."""
    if not getattr(post, "anyone_away", True):  # offices.queries.current_post has looked
        return []
    known: tuple[date, list[Absence]] | None = getattr(post, "known_absences", None)
    if known is None or known[0] != day:
        known = day, _around(post.person, day)
        post.known_absences = known  # type: ignore[attr-defined]
    return known[1]


def shown_to(post: Post, day: date) -> list[Standing]:
    """The posts that the person of this post fills, for what a page shows."""
    return _filled_by(post.person_id, seen_from(post, day))


def heads_filled(post: Post, day: date) -> bool:
    """Does the person of this post fill that of a head of the same office? Then they read what is meant for heads."""
    return any(s.post.office_id == post.office_id and s.post.rank == Post.HEAD for s in shown_to(post, day))


def chosen(person: int, absence: object, day: date) -> Standing | None:
    """The standing that a session has chosen, as it is today: its post is that of the absent one, its person whoever fills it (read anew)."""
    filling = Person.objects.select_related("account").filter(pk=person).first()
    found = next((s for s in standings(filling, day) if s.absence.pk == absence), None) if filling else None
    if found is not None and filling is not None:
        found.post.person = filling  # never saved: Post is written by acts alone
    return found


def present_for(absence: Absence, day: date) -> Person | None:
    """Who fills the post today in the end; nobody where the chain leads to nobody."""
    absences = list(in_force(day).filter(post__office=absence.post.office))
    away = {a.person_id: a.substitute_id for a in absences}
    people = {a.substitute_id: a.substitute for a in absences}
    path = chain(absence.person_id, away, lambda key: key in people and may_act_for(people[key], absence.post.office, day))
    return people[path[-1]] if path else None


def ensure_standing(person: Person, office_code: str, day: date) -> None:
    """Refuses an act for somebody whose post this person does not fill (any more)."""
    names = tuple(p.username for p in person.stands_for)
    for s in standings(person, day):
        if tuple(p.username for p in s.whom) == names and office_code in ("", s.post.office.code):
            return
    why = f"{person.name}今天不代{person.stands_for[0].name}的职务：期限已过，已经结束，或者登记已改变"
    raise Refused(f"不能代{person.stands_for[0].name}办理", why, "请在“代办”中改回本人名义，再办理")
