"""How long a session lives: idle, absolute, and how long after it somebody has proved who they are. Asked of the injected clock on every request.

The marks stand in the session itself (seconds since 1970). A mark that lies in the future was made while the clock was ahead: such a
session is over, else it would live on for as long as the clock was wrong. `None` as a limit means that there is none (tests, demonstration).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Person

BEGUN, SEEN, SURE, HOW, ADDRESS, AGENT = "begun", "seen", "sure", "how", "address", "agent"
AHEAD = 60  # seconds by which a mark may lie in the future: the clock is corrected by as much
EVERY = 60  # a session is written for having been seen once a minute, not with every request


def begin_on_login(sender: Any, request: HttpRequest, user: Person, **_: Any) -> None:
    """Receiver of Django's signal: whichever way somebody logs in, the session begins here."""
    now = _now()
    request.session.update({BEGUN: now, SEEN: now, SURE: now})


def _now() -> int:
    return int(clock.now().timestamp())


def over(session: SessionBase) -> str:
    """Why this session is over, in a sentence; nothing while it lives."""
    now, begun, seen = _now(), _mark(session, BEGUN), _mark(session, SEEN)
    limit, idle = settings.SESSION_LIMIT, settings.SESSION_IDLE
    if (limit is not None or idle is not None) and max(begun, seen) > now + AHEAD:
        return "登录时服务器的时钟不准，这次登录已经失效，请重新登录。"
    if limit is not None and now - begun >= limit:
        return f"登录已满 {limit // 3600} 小时，请重新登录。"
    if idle is not None and now - seen >= idle:
        return f"超过 {idle // 60} 分钟没有操作，已经退出，请重新登录。"
    return ""


def touch(session: SessionBase) -> None:
    """The person is here."""
    now = _now()
    if settings.SESSION_IDLE is not None and not 0 <= now - _mark(session, SEEN) < EVERY:
        session[SEEN] = now


def is_sure(session: SessionBase) -> bool:
    """Has this person proved who they are within the last minutes?"""
    if settings.SURE_FOR is None:
        return True
    return -AHEAD <= _now() - _mark(session, SURE) < settings.SURE_FOR


def make_sure(session: SessionBase) -> None:
    """They have, just now."""
    session[SURE] = _now()


def _mark(session: SessionBase, name: str) -> int:
    value = session.get(name, 0)
    return value if isinstance(value, int) else 0


# ---- all sessions of a person


@dataclass(frozen=True)
class Open:
    """One of a person's sessions, as their own page shows it. `id` names it without giving it away."""

    id: str
    begun: datetime
    seen: datetime
    how: str
    address: str
    agent: str
    here: bool
    key: str


def of_person(person: Person, here: str = "") -> list[Open]:
    """The person's living sessions, the latest first; `here` is the key of the one that asks."""
    found = [_shown(key, data, here) for key, data in _living(person)]
    return sorted(found, key=lambda o: o.seen, reverse=True)


def _living(person: Person) -> Iterator[tuple[str, Any]]:
    """A few hundred rows in a district: looked through, since a session's row does not say whose it is."""
    fits = person.get_session_auth_hash()
    for row in Session.objects.iterator():
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(person.pk) and constant_time_compare(data.get(HASH_SESSION_KEY, ""), fits) and not over(data):  # type: ignore[arg-type]  # a plain dict reads alike
            yield row.session_key, data


def _shown(key: str, data: Any, here: str) -> Open:
    begun, seen = (datetime.fromtimestamp(data.get(name, 0), clock.SHANGHAI) for name in (BEGUN, SEEN))
    return Open(_id(key), begun, seen, data.get(HOW, ""), data.get(ADDRESS, ""), data.get(AGENT, ""), key == here, key)


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def end(person: Person, which: str, here: str) -> int:
    """End one of the person's sessions by its id, or with `others` all but this one. Returns how many."""
    keys = [o.key for o in of_person(person, here) if not o.here and which in (o.id, "others")]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
