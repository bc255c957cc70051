"""What a password may be, and changing one's own. The rules stand in AUTH_PASSWORD_VALIDATORS; who has changed theirs is logged in nowhere else."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.actions import check_good
from qingdan.kernel.offices.models import Account, Person

CHANGE = "change_password"
LEET = str.maketrans("@4830!1$57", "aabeoiisst")
OURS = (
    "qingdan", "jinshui", "jinshuiqu", "zhengwu", "zhengwuban", "zhengfu", "zhengzhou", "henan", "wodemima", "mima", "woaini",
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "admin", "administrator", "root", "system", "password", "welcome", "abc",
)  # fmt: skip


class LongEnough(MinimumLengthValidator):
    """Django's own, in the offices' words."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符"


class UnlikeOneself(UserAttributeSimilarityValidator):
    """Django's own, in the offices' words."""

    def get_error_message(self) -> str:
        return "密码与用户名或者姓名太相似。"

    def get_help_text(self) -> str:
        return "不能与用户名、姓名相似"


class NoCommonWords:
    """Refuses what is common as it stands, and what is only common words, digits and signs in a row: Passw0rd2016!, qingdan123456."""

    message = "密码太常见：去掉数字和符号后只是常用的词。请用几个互不相关的词，或者一句自己的话。"

    @cached_property
    def common(self) -> set[str]:
        return {*CommonPasswordValidator().passwords, *OURS}

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.lower().strip()
        if plain in self.common or self._only_common(plain) or self._only_common(plain.translate(LEET)):
            raise ValidationError(self.message, code="password_too_common")

    def _only_common(self, text: str) -> bool:
        """Is there nothing in it but common words, the same again, digits and signs?"""
        words = re.findall(r"[^\W\d_]+", text)
        return all(len(set(word)) <= 2 or word in self.common or self._repeated(word) for word in words)

    def _repeated(self, word: str) -> bool:
        return any(word == word[:n] * (len(word) // n) and word[:n] in self.common for n in range(2, len(word) // 2 + 1) if len(word) % n == 0)

    def get_help_text(self) -> str:
        return "不能只由常用的词、数字和符号组成"


def change(person: Person, old: str, new: str) -> Person:
    """A person's own change; all their sessions are over with it, this one too until it takes the new hash."""
    what = "不能修改密码"
    with acting(CHANGE):
        person = Person.objects.select_related("account").get(pk=person.pk)
        if not check_password(old, person.password):
            raise Refused(what, "原密码不对", "请核对大小写后再试")
        if check_password(new, person.password):
            raise Refused(what, "新密码与原密码相同", "请换一个新的密码")
        check_good(what, new, person)
        note(CHANGE, by=person, rows=with_password(person, new), facts={"person": person.username})
        return person


def with_password(person: Person, password: str | None, must_change: bool = False) -> list[Any]:
    """The rows that another password writes: the person's, and their account's with a new round, which ends all sessions."""
    person.password = make_password(password)
    account = next_round(person)
    account.must_change = must_change
    return [person, account]


def next_round(person: Person) -> Account:
    """The account as it is when all sessions of the person so far are over; to be saved by an act."""
    account = Account.objects.filter(person=person).first() or Account(person=person)
    account.round += 1
    person.account = account
    return account
