"""What is asked of notices: those of a post, which of them are settled, which the person has not read; and of feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qingdan.kernel import clock
from qingdan.kernel.leave.queries import heads_filled
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Office, Person, Post
from qingdan.kernel.offices.queries import may_act_for, on

from .models import DUTY_STEPS, Feed, Notice, Reading

SHOWN = timedelta(days=366)
"""What is older is history: it stands in the ledger, and the bell on every page need not look through it."""


def notices_of(post: Post) -> QuerySet[Any]:
    """What this post was told within a year, this person in it, and to a head's substitute what is for heads.

    `settled` (its duty has ended or has another day) and `was_read` by the person."""
    still_owed = Obligation.objects.filter(pk=OuterRef("obligation"), how="", due=OuterRef("due"), held=False)
    today = clock.today()
    mine = Notice.objects.filter(Q(person=None) | Q(person=post.person), office=post.office, day__gte=today - SHOWN)
    if post.rank != Post.HEAD and not heads_filled(post, today):
        # an office without a head today has nobody else to read what is meant for one
        heads = Post.objects.filter(on(today), office=post.office, rank=Post.HEAD)
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


def current_feed(office: Office, person: Person | None) -> Feed | None:
    """The feed of this unit, or of this person for it, that is not revoked."""
    return Feed.objects.filter(office=office, person=person, revoked=None).first()


def feed_of(token: str, today: date) -> Feed | None:
    """The feed with this secret, if it still stands: not revoked, its office there, its person in a post of it."""
    feed = Feed.objects.select_related("office", "person").filter(token_hash=hashed(token), revoked=None).first()
    if feed is None or not feed.office.holds_on(today):
        return None
    return feed if feed.person is None or may_act_for(feed.person, feed.office, today) else None


def hashed(token: str) -> str:
    """What is kept of the secret part of an address."""
    return hashlib.sha256(token.encode()).hexdigest()
