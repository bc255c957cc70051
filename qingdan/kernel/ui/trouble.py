"""What a person sees when a page broke. Where only the database or its disk could not just now, it is no fault of the program:
the answer is 503 or 507, says so, and holds all that was typed, so that it can be sent again under the same token."""

from __future__ import annotations

import errno
import sqlite3
import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.debug import ExceptionReporter
from django.views.defaults import bad_request, server_error

RETRY_AFTER = "5"  # seconds
FULL = {
    "why": "存放数据的磁盘已满，这一步没有写入任何内容；此前办理的都在，查看不受影响，法定日期也不受影响。",
    "todo": "请告知系统管理员腾出空间，然后再提交一次。",
}  # fmt: skip
BUSY = {
    "why": "数据库暂时连接不上或者正忙，没有答复这一步是否写入；此前办理的都在，法定日期也不受影响。",
    "todo": "请过几秒钟再提交一次：已经写入的不会重复办理。一直不行的，请告知系统管理员。",
}  # fmt: skip
_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL}  # fmt: skip
_SECRET = {"password", "csrfmiddlewaretoken", "next"}


class Reporter(ExceptionReporter):
    """What a letter about a fault says to the administrators (ADMINS): where it happened, and nothing of what was sent, held or set (T10, f7)."""

    def get_traceback_data(self) -> dict[str, Any]:
        told = super().get_traceback_data()
        if settings.DEBUG:
            return told
        frames = [frame | {"vars": []} for frame in told.get("frames", [])]
        return {name: value for name, value in told.items() if name in SAID} | {"frames": frames, "request": None, "is_email": True}


SAID = {"exception_type", "lastframe", "sys_version_info", "sys_executable", "server_time", "django_version_info", "template_does_not_exist"}


def broken(request: HttpRequest) -> HttpResponse:
    """The product's handler of whatever no view has answered."""
    status = passing(sys.exc_info()[1])
    return server_error(request) if status is None else _try_again(request, status)


def not_understood(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """The product's handler of a request that is no good; what passes by itself is none of these: Django takes a session that the database could not
    keep for one that was deleted meanwhile."""
    error: BaseException | None = exception
    while error is not None:
        if (status := passing(error)) is not None:
            return _try_again(request, status)
        error = error.__context__
    return bad_request(request, exception)  # type: ignore[arg-type]  # of whatever kind


def _try_again(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    words = FULL if status == HTTPStatus.INSUFFICIENT_STORAGE else BUSY
    sent = _sent(request)
    context = words | {"code": int(status), "again": sent, "token": sent and request.POST.get("csrfmiddlewaretoken", ""),
                       "files": bool(sent and request.FILES), "path": request.get_full_path()}  # fmt: skip
    answer = HttpResponse(render(None, "ui/busy.html", context).content, status=status)
    answer.headers["Retry-After"] = RETRY_AFTER
    answer.headers["Cache-Control"] = "no-store"
    return answer


def passing(error: BaseException | None) -> HTTPStatus | None:
    """507 where room is lacking, 503 where the database cannot just now, None where the program is at fault."""
    if isinstance(error, OSError):
        return HTTPStatus.INSUFFICIENT_STORAGE if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    driver: Any = connection.Database  # type: ignore[attr-defined]  # not in the stubs
    drivers = (driver.OperationalError, driver.InterfaceError)
    if not isinstance(error, (OperationalError, InterfaceError, *drivers)):
        return None
    cause = error if isinstance(error, drivers) else error.__cause__  # Django passes on as it is what the closing of a server's cursor raises
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return HTTPStatus.INSUFFICIENT_STORAGE
        return HTTPStatus.SERVICE_UNAVAILABLE if code in _PASSING else None
    state = getattr(cause, "sqlstate", None) or ""  # none: the connection was lost
    return HTTPStatus.INSUFFICIENT_STORAGE if state == "53100" else HTTPStatus.SERVICE_UNAVAILABLE


def _sent(request: HttpRequest) -> list[dict[str, Any]]:
    """What was typed and the hidden fields of the form, to be shown and sent again; a password is never given back."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name in request.POST if name not in _SECRET for value in request.POST.getlist(name)]
    except (OSError, ValueError):  # what was sent could not be read to its end
        return []
    return [{"name": name, "value": value, "words": len(value) > 40 or not value.isascii()} for name, value in sent]
