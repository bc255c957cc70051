"""What is kept of tries: a digest, a number, two moments. No business rows, and nothing by which an address could be found again."""

from __future__ import annotations

import secrets

from django.db import models


def random_salt() -> str:
    return secrets.token_hex(32)


class Salt(models.Model):
    """The salt of one day. When it is gone, nobody can tell any more whose tries they were, whatever keys they hold."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64, default=random_salt)

    def __str__(self) -> str:
        return f"{self.day}"


class Tries(models.Model):
    """How many tries one address has made since when, and until when the next one has to wait."""

    key = models.CharField("来源摘要", max_length=64, unique=True)
    count = models.PositiveIntegerField("次数", default=0)
    since = models.DateTimeField("自")
    until = models.DateTimeField("等到", null=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
