"""Sending letters by SMTP: at least once each, with the same Message-ID every time; nobody's work waits for it.

A letter is claimed by moving its next try on, in a statement of its own; then it is sent outside any transaction; then it is marked. A
process that dies between leaves it to the next try, which sends it again. Two processes claim each letter once.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from qingdan.kernel import clock

from .models import Letter

AT_ONCE = 50
TIMEOUT = 10  # seconds that a mail server may be silent
HELD = timedelta(minutes=10)  # longer than sending can take: then whoever claimed it is gone
LONGEST = timedelta(hours=6)
log = logging.getLogger(__name__)


def post_letters() -> int:
    """Send what is due; how many went. A server that refuses or is silent is tried again later, the longer the more often it failed."""
    if not settings.MAIL_FROM:
        return 0
    due = list(Letter.objects.filter(sent=None, next_try__lte=clock.now()).order_by("next_try", "pk")[:AT_ONCE])
    if not due:
        return 0
    went = 0
    with _open() as server:
        for letter in due:
            if server is None:
                _put_off(letter, "邮件服务器连接不上")
            elif _claim(letter):
                went += _send(letter, server)
    return went


@contextmanager
def _open() -> Iterator[BaseEmailBackend | None]:
    """One connection for all of them, or None where the server does not answer."""
    server = get_connection(fail_silently=False, timeout=TIMEOUT)
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as trouble:
        log.warning("邮件服务器连接不上：%s", type(trouble).__name__)
        yield None
        return
    try:
        yield server
    finally:
        try:
            server.close()
        except (OSError, smtplib.SMTPException):
            log.info("邮件服务器没有道别")


def _claim(letter: Letter) -> bool:
    """Only one of several processes gets it; the others find its next try moved."""
    mine = Letter.objects.filter(pk=letter.pk, sent=None, next_try=letter.next_try)
    letter.next_try = clock.now() + HELD
    letter.tries += 1
    return mine.update(next_try=letter.next_try, tries=F("tries") + 1) == 1


def _send(letter: Letter, server: BaseEmailBackend) -> int:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMessage(letter.subject, letter.body, settings.MAIL_FROM, [letter.address], connection=server, headers=headers)
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as trouble:
        log.warning("一封邮件没有发出（第 %s 次）：%s", letter.tries, type(trouble).__name__)
        _put_off(letter, _said(trouble))
        return 0
    Letter.objects.filter(pk=letter.pk).update(sent=clock.now(), trouble="")
    return 1


def _put_off(letter: Letter, why: str) -> None:
    Letter.objects.filter(pk=letter.pk, sent=None).update(next_try=later(letter.tries, clock.now()), trouble=why)


def later(tries: int, now: datetime) -> datetime:
    """One minute after the first failure, then twice as long each time, six hours at most."""
    return now + min(timedelta(minutes=2 ** min(max(tries - 1, 0), 10)), LONGEST)


def _said(trouble: Exception) -> str:
    """Why, without the address: the answer of a server may repeat it."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return "邮件服务器不接受这个邮箱"
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"邮件服务器拒绝（{trouble.smtp_code}）"
    return "邮件服务器中断了连接"
