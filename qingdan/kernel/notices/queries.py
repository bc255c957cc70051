"""What is asked of notices: those of a post, which of them are settled, which the person has not read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.offices.queries import on

from .models import DUTY_STEPS, Notice, Reading


def notices_of(post: Post) -> QuerySet[Any]:
    """What this post was told: each notice with `settled` (its duty has ended or has another day) and `was_read` by the person."""
    still_owed = Obligation.objects.filter(pk=OuterRef("obligation"), how="", due=OuterRef("due"), held=False)
    mine = Notice.objects.filter(office=post.office)
    if post.rank != Post.HEAD:  # an office without a head today has nobody else to read what is meant for one
        heads = Post.objects.filter(on(clock.today()), office=post.office, rank=Post.HEAD)
        mine = mine.filter(Q(heads_only=False) | ~Exists(heads))
    return mine.annotate(
        settled=Q(step__in=DUTY_STEPS) & ~Exists(still_owed),
        was_read=Exists(Reading.objects.filter(notice=OuterRef("pk"), person=post.person)),
    )


def unread(post: Post) -> QuerySet[Any]:
    """What the person has still to look at in this post."""
    return notices_of(post).filter(settled=False, was_read=False)


def in_order(notices: QuerySet[Any]) -> QuerySet[Any]:
    """Unread first, then the newest; what is settled needs nobody's eyes and stands with what was read."""
    return notices.annotate(pending=Q(settled=False, was_read=False)).order_by(F("pending").desc(), "-day", "-pk")


def mark_read(notices: Iterable[Notice], person: Person) -> int:
    """This person has read these; repeating it changes nothing. Returns how many there were."""
    at, found = clock.now(), list(notices)
    Reading.objects.bulk_create([Reading(notice=n, person=person, at=at) for n in found], batch_size=200, ignore_conflicts=True)
    return len(found)
