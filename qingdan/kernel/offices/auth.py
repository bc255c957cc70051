"""Log-in by user name and password; nothing is written to the person's row by it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from .models import Person


class Backend:
    """Checks a password without ever rewriting it: the person's row is changed only by an act."""

    def authenticate(self, request: HttpRequest | None, username: str = "", password: str = "", **kw: Any) -> Person | None:
        person = Person.objects.select_related("account").filter(username=username).first()
        if person is None:
            make_password(password)  # the same work as for a known name
            return None
        if check_password(password, person.password) and person.active:
            return person
        return None

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.select_related("account").filter(pk=user_id, active=True).first()
