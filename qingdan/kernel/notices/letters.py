"""Letters: the notices of an office as e-mail to its people. Nothing here sends; see posting.py.

A letter is made from a notice that stands committed, so none speaks of what was rolled back; and once for each person and notice,
by the unique row of `Enclosed`, however often and from how many processes this runs. Notices of a step that cannot wait go at once;
the others go together once a 工作日. A letter names what its notices name: offices, cases, duties and days, no persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from django.conf import settings
from django.db import transaction

from qingdan.kernel import clock, opaque
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.leave.queries import heads_filled
from qingdan.kernel.ledger import guard
from qingdan.kernel.offices.models import Post
from qingdan.kernel.offices.queries import on

from . import texts
from .models import AT_ONCE, Enclosed, Letter, MailAddress, MailMark, Notice
from .queries import notices_of

OVERLAP = 2000
"""So many notices before the mark are looked at again: what was committed after a later one is found."""
DIGEST_AT = time(8, 30)
DOMAIN = "qingdan"


def write_letters() -> int:
    """The letters that the notices ask for now; how many. Nothing where no mail is set up, or while the clock is in doubt (T20)."""
    if not settings.MAIL_FROM or guard.doubt():
        return 0
    with transaction.atomic():
        mark, _ = MailMark.objects.select_for_update().get_or_create(pk=1)
        made = _at_once(mark) + _together(mark)
        mark.save()
    return made


def _at_once(mark: MailMark) -> int:
    """One letter a notice: what is due today, late or deemed; for who wants each at once, all."""
    today, made = clock.today(), 0
    fresh = list(Notice.objects.filter(pk__gt=mark.notice - OVERLAP, day=today).order_by("pk"))
    if not fresh:
        return 0
    had = set(Enclosed.objects.filter(notice__in=[n.pk for n in fresh]).values_list("notice", "person"))
    readers, led = _readers(today), set(Post.objects.filter(on(today), rank=Post.HEAD).values_list("office", flat=True))
    for notice in fresh:
        for address in _addressed(notice, readers, led):
            if (address.mode == MailAddress.EACH or notice.step in AT_ONCE) and (notice.pk, address.person_id) not in had:
                _write(address, [notice], f"n:{notice.pk}:{address.pk}")
                made += 1
    mark.notice = max(mark.notice, fresh[-1].pk)
    return made


def _together(mark: MailMark) -> int:
    """The rest, once a 工作日 from half past eight: one letter to each person with what is still unread and unsettled."""
    now, today = clock.now().astimezone(clock.SHANGHAI), clock.today()
    if mark.digest == today or now.time() < DIGEST_AT or not in_force().is_workday(today):
        return 0
    mark.digest = today
    made = 0
    for address, posts in _by_address(today).items():
        waiting: dict[int, Notice] = {}
        for post in posts:
            found = notices_of(post).filter(settled=False, was_read=False, day__gte=address.since)
            waiting |= {n.pk: n for n in found.exclude(enclosed__person=address.person).order_by("day", "pk")}
        if waiting:
            _write(address, list(waiting.values()), f"d:{today.isoformat()}:{address.pk}")
            made += 1
    return made


Readers = dict[int, list[tuple[Post, MailAddress]]]


def _readers(today: date) -> Readers:
    """office -> those who work there today and have an address."""
    found: Readers = defaultdict(list)
    addresses = {a.person_id: a for a in _wanted()}
    for post in Post.objects.filter(on(today), on(today, "office__"), person__in=addresses).select_related("person__account", "office"):
        found[post.office_id].append((post, addresses[post.person_id]))
    return found


def _wanted() -> Iterable[MailAddress]:
    return MailAddress.objects.exclude(mode=MailAddress.OFF).filter(person__active=True).select_related("person")


def _by_address(today: date) -> dict[MailAddress, list[Post]]:
    found: dict[MailAddress, list[Post]] = defaultdict(list)
    for readers in _readers(today).values():
        for post, address in readers:
            found[address].append(post)
    return found


def _addressed(notice: Notice, readers: Readers, led: set[int]) -> list[MailAddress]:
    """Everybody of the office, or the one person whom it is for; where it is for its heads, they and who fills their posts today, or all
    where there is none (as on the page).

    `led`: offices with a head.
    """
    there = [(p, a) for p, a in readers.get(notice.office_id, []) if a.since <= notice.day]
    if notice.person_id is not None:
        there = [(p, a) for p, a in there if p.person_id == notice.person_id]
    if notice.heads_only and notice.office_id in led:
        there = [(p, a) for p, a in there if p.rank == Post.HEAD or heads_filled(p, clock.today())]
    return list(dict.fromkeys(a for _, a in there))


def _write(address: MailAddress, notices: list[Notice], key: str) -> None:
    letter = Letter.objects.create(
        key=key, message_id=f"<{opaque.digest('letter', key)}@{DOMAIN}>", person=address.person, address=address.address,
        subject=_subject(notices), body=_body(notices), made=clock.now(), next_try=clock.now(),
    )  # fmt: skip
    Enclosed.objects.bulk_create([Enclosed(letter=letter, person=address.person, notice=n) for n in notices])


def _subject(notices: list[Notice]) -> str:
    step = texts.SUBJECTS.get(notices[0].step, texts.SUBJECT) if len(notices) == 1 else texts.SUBJECT_MANY
    return step.format(n=len(notices))


def _body(notices: list[Notice]) -> str:
    said = [f"{i}. {n.text}" for i, n in enumerate(notices, 1)] if len(notices) > 1 else [notices[0].text]
    return "\n".join([*said, "", texts.FOOT.format(address=settings.MAIL_LINK) if settings.MAIL_LINK else texts.FOOT_PLAIN, ""])
