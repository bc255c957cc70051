"""A person at the product's pages over HTTP: logs in, fetches a form with its token, sends it, and sends it again when the connection broke."""

from __future__ import annotations

import http.client
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from tests.measures.browsing import Page

BUSY = (502, 503, 504, 507)
Broken = (OSError, http.client.HTTPException)


@dataclass
class Answer:
    """As the reader of the tests' pages takes it."""

    status_code: int
    headers: dict[str, str]
    content: bytes


class GaveUp(Exception):
    """The product did not answer for too long."""


class Browser:
    """Cookies, one connection that is opened anew when it broke, and forms. One thread at a time."""

    def __init__(self, port: int, timeout: float = 20.0) -> None:
        self.port, self.timeout = port, timeout
        self.cookies: dict[str, str] = {}
        self.username = ""
        self._connection: http.client.HTTPConnection | None = None

    def copy(self) -> Browser:
        """Another tab of the same person."""
        other = Browser(self.port, self.timeout)
        other.cookies, other.username = dict(self.cookies), self.username
        return other

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request, once. Raises what the connection raises."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        told = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        try:
            self._connection.request(method, quote(path, safe="/?=&%"), body, told)
            got = self._connection.getresponse()
            content = got.read()
        except BaseException:
            self._connection.close()
            self._connection = None
            raise
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
        return Answer(got.status, {k.title(): v for k, v in got.getheaders()}, content)

    def get(self, path: str) -> Page:
        return Page(self.ask("GET", path))

    def post(self, path: str, fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]] | None = None) -> Page:
        body, kind = encoded(fields, files or {})
        return Page(self.ask("POST", path, body, {"Content-Type": kind}))

    def log_in(self, username: str, password: str = "p", within: float = 60.0) -> Browser:
        """At the login page; tries again while the product does not answer."""
        self.username = username
        self.cookies.clear()
        page = self.patient(lambda: self.get("/desk/login/"), within)
        sent = {**page.fields, "username": username, "password": password}
        done = self.patient(lambda: self.post("/desk/login/", sent), within)
        if done.status != 302:
            raise GaveUp(f"{username} could not log in: {done.status} {done.text[:200]}")
        return self

    def form(self, path: str, within: float = 60.0) -> Page:
        """The form at this address; logs in again where the session is gone."""
        page = self.patient(lambda: self.get(path), within)
        if page.status == 302 and "/desk/login/" in page.location:
            self.log_in(self.username)
            page = self.patient(lambda: self.get(path), within)
        return page

    @staticmethod
    def patient(do: Any, within: float = 60.0) -> Page:
        """Again while the connection breaks or the product says that it cannot just now."""
        end, last = time.monotonic() + within, ""
        while time.monotonic() < end:
            try:
                page: Page = do()
            except Broken as broken:
                last = repr(broken)
            else:
                if page.status not in BUSY:
                    return page
                last = f"{page.status} {page.text[:300]}"
            time.sleep(0.05)
        raise GaveUp(last)


def typed(page: Page, **words: str) -> dict[str, Any]:
    """The loaded form with what was typed; the names of fields of 第六条 begin with f-."""
    return {**page.fields, **{k.replace("f_", "f-"): v for k, v in words.items()}}


def encoded(fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """The body of a form as a browser writes it, and its type."""
    if not files:
        return urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
    edge, parts = secrets.token_hex(12), []
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (called, data) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
