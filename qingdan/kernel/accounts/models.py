"""What is kept about logging in: failures, entries of the log, words to a person. No facts of a case, and no business rows."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.offices.models import Person


class Failure(models.Model):
    """Failed attempts in a row under one name, whether or not there is such an account; the name itself is not kept."""

    key = models.CharField("用户名摘要", max_length=64, unique=True)
    count = models.PositiveIntegerField("连续失败", default=0)
    at = models.DateTimeField("最近一次")
    until = models.DateTimeField("锁定至", null=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


class Entry(models.Model):
    """One line of the log of log-ins: who came in, went, or failed, when, how, from where. Never changed; read by the 审计管理员."""

    KINDS = (
        ("in", "登录"), ("out", "退出"), ("failed", "登录失败"), ("locked", "锁定"), ("over", "登录过时"), ("ended", "结束其他登录"),
        ("sure", "再次确认"), ("unsure", "再次确认失败"), ("read", "查看审计"),
    )  # fmt: skip

    at = models.DateTimeField("时间", db_index=True)
    kind = models.CharField("事项", max_length=10, choices=KINDS)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="entries")  # NULL: no such account
    how = models.CharField("方式", max_length=20, blank=True, default="")
    address = models.CharField("来源地址", max_length=45, blank=True, default="")
    agent = models.CharField("浏览器", max_length=200, blank=True, default="")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.at} {self.get_kind_display()}"


class Word(models.Model):
    """What was done to an account and its person has to know; shown from the next log-in on until they say that they have read it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="words")
    text = models.CharField("内容", max_length=300)
    at = models.DateTimeField("时间")
    read = models.BooleanField("已看", default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
