"""What is kept about logging in (failures, the log, words to a person: no business rows), and what two security administrators decide."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.offices.models import Account, Office, Person, Post
from qingdan.kernel.rows import Recorded


class Request(Recorded):
    """Something about an account that one 安全管理员 asks for and another one confirms (T28). Only hashes of the two halves of a code are kept."""

    PASSWORD, FACTORS, APPOINT, END_POST, ENTRUST, END_CUSTODY, COMMISSION, DISCHARGE, ACTIVATE = (
        "password", "factors", "appoint", "end_post", "entrust", "end_custody", "commission", "discharge", "activate",
    )  # fmt: skip
    KINDS = (
        (PASSWORD, "重设密码"), (FACTORS, "重设二次验证"), (APPOINT, "任命职务"), (END_POST, "终止任职"),
        (ENTRUST, "设立身份保管员"), (END_CUSTODY, "终止身份保管员"),
        (COMMISSION, "授予三员"), (DISCHARGE, "解除三员"), (ACTIVATE, "恢复账号"),
    )  # fmt: skip
    CONFIRMED, REJECTED = "confirmed", "rejected"
    OUTCOMES = ((CONFIRMED, "已确认"), (REJECTED, "已退回"))

    kind = models.CharField("事项", max_length=12, choices=KINDS)
    person = models.ForeignKey(Person, models.PROTECT, related_name="requests", verbose_name="人员")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    title = models.CharField("职务", max_length=40, blank=True, default="")
    rank = models.CharField("层级", max_length=10, choices=Post.RANKS, blank=True, default="")
    duty = models.CharField("三员", max_length=10, choices=Account.DUTIES, blank=True, default="")
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    first_half = models.CharField("重设码前半摘要", max_length=128, blank=True, default="")
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES, blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="确认人")
    decided_at = models.DateTimeField("确认时间", null=True)
    remark = models.CharField("退回理由", max_length=200, blank=True, default="")
    second_half = models.CharField("重设码后半摘要", max_length=128, blank=True, default="")
    used = models.BooleanField("重设码已用", default=False)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.CheckConstraint(condition=~models.Q(asked_by=models.F("decided_by")), name="two_persons")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.outcome == ""


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
