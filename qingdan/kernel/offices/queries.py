"""What is asked of offices and people, always as of a day, never as of now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from django.db import connection
from django.db.models import Q, QuerySet

from qingdan.kernel import sql

from .models import Custody, Office, OfficeChange, OfficeRole, Person, Post


def on(day: date, prefix: str = "") -> Q:
    """Rows that hold on this day."""
    start, end = f"{prefix}valid_from__lte", f"{prefix}valid_to"
    return Q(**{start: day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))


def _holds(table: str) -> str:
    """The same of a table in plain SQL; takes the day twice."""
    return f"{table}.valid_from <= %s AND ({table}.valid_to IS NULL OR {table}.valid_to >= %s)"


def offices_on(day: date) -> QuerySet[Office]:
    """The offices that exist on this day."""
    return Office.objects.filter(on(day))


def holders(measure: str, role: str, day: date, scope: str = "") -> list[Office]:
    """The offices that hold a role in a measure on a day; with a scope, those that hold it for that list or for all."""
    roles = OfficeRole.objects.filter(on(day), on(day, "office__"), measure=measure, role=role)
    if scope:
        roles = roles.filter(Q(scope=scope) | Q(scope=""))
    seen: dict[int, Office] = {}
    for held in roles.select_related("office"):
        seen.setdefault(held.office.pk, held.office)
    return list(seen.values())


def roles_of(office: Office, day: date) -> set[tuple[str, str]]:
    """(measure, role) pairs that the office holds on this day."""
    return set(OfficeRole.objects.filter(on(day), office=office).values_list("measure", "role"))


def posts_of(person: Person, day: date) -> QuerySet[Post]:
    """The person's posts on this day, in offices that exist on it."""
    return Post.objects.filter(on(day), on(day, "office__"), person=person).select_related("office")


def posts_by_person(people: Iterable[Person], day: date) -> dict[int, list[Post]]:
    """The same for several: key of the person -> posts; one query."""
    found: dict[int, list[Post]] = {}
    for post in Post.objects.filter(on(day), on(day, "office__"), person__in=[p.pk for p in people]).select_related("office"):
        found.setdefault(post.person_id, []).append(post)
    return found


def current_post(person: Person, day: date, office_code: str = "") -> Post | None:
    """The post in which the person acts: that of the named office, else the first one (of `posts_of`). Asked with every page, hence written out."""
    held = sql.rows(POSTS_HELD, (day, day, person.pk, day, day, day, day))
    if not held:
        return None
    chosen = next((line for line in held if line[_CODE] == office_code), held[0])
    post = Post.from_db(connection.alias, _POST, chosen[: len(_POST)])
    post.office = Office.from_db(connection.alias, _OFFICE, chosen[len(_POST) : -1])
    post.anyone_away = any(line[-1] for line in held)  # type: ignore[attr-defined]  # whether leave.queries need look for whom the person stands in
    return post


_POST, _OFFICE = ([field.attname for field in model._meta.concrete_fields] for model in (Post, Office))
_CODE = len(_POST) + _OFFICE.index("code")
POSTS_HELD = f"""
    SELECT {", ".join([*(f"p.{name}" for name in _POST), *(f"o.{name}" for name in _OFFICE)])},
      EXISTS (SELECT 1 FROM leave_absence a JOIN offices_post ap ON ap.id = a.post_id
        WHERE a.ended_at IS NULL AND ap.office_id = o.id AND a."first" <= %s AND a."last" >= %s)
    FROM offices_post p JOIN offices_office o ON o.id = p.office_id
    WHERE p.person_id = %s AND {_holds("p")} AND {_holds("o")} ORDER BY o.code"""  # noqa: S608 - names of our own columns
"""As `posts_of`; with whether anybody is away from a post of that office: how, and whether it counts, `leave.queries` look then."""


def may_act_for(person: Person, office: Office, day: date) -> bool:
    """Does this person hold a post in this office on this day, is the account in use, and is it none of the 三员?"""
    return sql.row(HOLDS_A_POST, (person.pk, office.pk, day, day, day, day)) is not None


HOLDS_A_POST = f"""
    SELECT 1 FROM offices_post
    JOIN offices_office ON offices_office.id = offices_post.office_id
    JOIN offices_person ON offices_person.id = offices_post.person_id
    LEFT JOIN offices_account ON offices_account.person_id = offices_post.person_id
    WHERE offices_person.active AND coalesce(offices_account.duty, '') = ''
      AND offices_post.person_id = %s AND offices_post.office_id = %s
      AND {_holds("offices_post")} AND {_holds("offices_office")} LIMIT 1"""  # noqa: S608 - names of our own tables
"""As `posts_of`, for one office; with the account as it is now, whatever the person in hand was read with."""


def custodies_of(person: Person, day: date) -> QuerySet[Custody]:
    """The offices for which the person keeps identities (身份保管员) on this day; it ends with the post there."""
    return Custody.objects.filter(on(day), person=person, office__in=posts_of(person, day).values("office")).select_related("office")


def is_custodian(person: Person, office: Office, day: date) -> bool:
    """Does this person keep identities for this office today?"""
    return may_act_for(person, office, day) and custodies_of(person, day).filter(office=office).exists()


def custodians_of(office: Office, day: date) -> QuerySet[Person]:
    """Who keeps identities for this office on this day."""
    kept = Custody.objects.filter(on(day), office=office).values("person")
    return Person.objects.filter(pk__in=kept, active=True, posts__in=Post.objects.filter(on(day), office=office)).distinct().order_by("username")


def names(codes: Iterable[str] | None = None) -> dict[str, str]:
    """Short names by code, in one query."""
    offices = Office.objects.all() if codes is None else Office.objects.filter(code__in=list(codes))
    return dict(offices.values_list("code", "short"))


class Names(Mapping[str, str]):
    """Short names by code, asked for when the first one is wanted: mostly a refusal, which most acts do without."""

    @cached_property
    def _known(self) -> dict[str, str]:
        return names()

    def __getitem__(self, code: str) -> str:
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def lineage(office: Office) -> set[int]:
    """The office and all that it stands in the place of (S10): one query, whatever the length of the chain."""
    found, changes = {office.pk}, list(OfficeChange.objects.values_list("heir", "old"))
    while more := {old for heir, old in changes if heir in found} - found:
        found |= more
    return found
