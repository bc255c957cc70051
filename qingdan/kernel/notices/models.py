"""What an office was told and who has read it: no facts of a case, all of it follows from the ledger. And the calendar feeds."""

from __future__ import annotations

from django.db import models

from qingdan.kernel import opaque
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded

BEFORE, TODAY, OVERDUE = "before", "today", "overdue"
DEEMED = "deemed"
DUTY_STEPS = (BEFORE, TODAY, OVERDUE)
"""The steps of one duty. What they say holds only while the duty is open with the same due day; then they are settled."""
AT_ONCE = (TODAY, OVERDUE, DEEMED)
"""What a letter about does not wait for the next morning."""


class Notice(models.Model):
    """One sentence to one office, once by its key. `obligation` and `due` name the duty that a step speaks of."""

    key = models.CharField(max_length=200, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="notices")
    heads_only = models.BooleanField("只告知负责人", default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="只告知本人")
    text = models.TextField("内容")
    link = models.CharField(max_length=200, blank=True, default="")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices")
    obligation = models.CharField(max_length=120, blank=True, default="", db_index=True)
    event = models.PositiveBigIntegerField(null=True, db_index=True)
    step = models.CharField(max_length=20, blank=True, default="")
    day = models.DateField("告知日")
    due = models.DateField("到期日", null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "day"], name="notice_of_office")]
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """What a page calls it: the number would tell how many others were told something (T6)."""
        return opaque.hide("notice", self.pk)


class Reading(models.Model):
    """A person has read a notice; a colleague of the same office still has it before them."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    at = models.DateTimeField("阅读时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.person_id}"


class Feed(Recorded):
    """The address of a calendar: of a unit, or of one person for one unit. Only the hash of its secret part is kept."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="feeds")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="feeds")
    token_hash = models.CharField("地址摘要", max_length=64, unique=True)
    made = models.DateTimeField("生成时间")
    revoked = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.office} {self.person or '单位'}"


class MailAddress(Recorded):
    """Where one person wants letters, how many, and since which day: older notices are not sent after them."""

    DIGEST, EACH, OFF = "digest", "each", "off"
    MODES = ((DIGEST, "每个工作日早上一封，当天到期和逾期的随时发"), (EACH, "每条提醒随时发"), (OFF, "不发邮件"))

    person = models.OneToOneField(Person, models.PROTECT, related_name="mail_address")
    address = models.EmailField("邮箱", max_length=200)
    mode = models.CharField("怎样发", max_length=10, choices=MODES, default=DIGEST)
    since = models.DateField("登记日")

    class Meta:
        ordering = ("person__username",)

    def __str__(self) -> str:
        return f"{self.person}：{self.get_mode_display()}"


class Wording(Recorded):
    """A version of the words of one event. The last one holds; `restored`: those that the product comes with, whatever becomes of them."""

    event = models.CharField("提醒", max_length=20)
    number = models.PositiveIntegerField("第几版")
    text = models.TextField("文字")
    restored = models.BooleanField("恢复标准文字", default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="修改人")
    at = models.DateTimeField("修改时间")

    class Meta:
        ordering = ("event", "-number")
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="wording_version")]

    def __str__(self) -> str:
        return f"{self.event} 第 {self.number} 版"


class Letter(models.Model):
    """One e-mail to one person: sent at least once, each time with the same `message_id`, by which the receiver knows it again."""

    key = models.CharField(max_length=80, unique=True)
    message_id = models.CharField("邮件标识", max_length=80, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    address = models.EmailField("邮箱", max_length=200)
    subject = models.CharField("主题", max_length=100)
    body = models.TextField("内容")
    made = models.DateTimeField("写成时间")
    next_try = models.DateTimeField("下次发送")
    tries = models.PositiveIntegerField("已试次数", default=0)
    sent = models.DateTimeField("发出时间", null=True)
    trouble = models.CharField("未发出的原因", max_length=100, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["sent", "next_try"], name="letter_to_send")]
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.key


class Enclosed(models.Model):
    """This person had this notice in this letter: once, whatever is restarted."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosed")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="enclosed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="enclosed_once")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.notice_id}"


class MailMark(models.Model):
    """How far the notices were looked through, and the last day that had its digests: one row, locked by whoever writes letters."""

    notice = models.PositiveBigIntegerField(default=0)
    digest = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.notice} {self.digest}"
