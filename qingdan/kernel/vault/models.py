"""What the vault keeps: sealed rows, requests to see an identity, who has read what; what staff declared of themselves, and when it was compared."""

from __future__ import annotations

import secrets

from django.db import models

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded


def random_id() -> str:
    return secrets.token_hex(16)


class Sealed(Recorded):
    """One thing sealed under a data key of its own, which the ring's key wraps. Of what it holds no column tells.

    `commitment` binds it for ever: the digest over a salt (inside the ciphertext) and the canonical text.
    Destroyed: the wrapped key is gone, and so is the text.
    """

    IDENTITY, CONTENT, FILE = "identity", "content", "file"
    KINDS = ((IDENTITY, "身份信息"), (CONTENT, "投诉内容"), (FILE, "材料"))

    id = models.CharField(primary_key=True, max_length=32, default=random_id)
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    subject = models.CharField("所属", max_length=40, db_index=True)
    alg = models.CharField("算法", max_length=16)
    key_id = models.CharField("密钥", max_length=16, db_index=True)
    wrapped = models.CharField("包裹的数据密钥", max_length=120, blank=True)
    body = models.TextField("密文", blank=True)  # base64; of a file it lies in the store
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="sealed")
    name = models.CharField("中性名", max_length=40, blank=True)
    commitment = models.CharField("承诺", max_length=80)
    destroyed_on = models.DateField("销毁日", null=True)

    class Meta:
        ordering = ("subject", "kind", "name", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk[:8]}"

    @property
    def aad(self) -> bytes:
        """The one place at which this opens."""
        return "\0".join(("qingdan vault 1", self.subject, self.kind, self.pk)).encode()


class Unlock(Recorded):
    """P-E2: a person asks, with a reason, to see the identity behind one subject; a custodian outside the case decides; a grant ends by itself."""

    GRANTED, DENIED = "granted", "denied"
    OUTCOMES = ((GRANTED, "已同意"), (DENIED, "未同意"))

    id = models.CharField(primary_key=True, max_length=32, default=random_id)
    subject = models.CharField("所属", max_length=40, db_index=True)
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="unlocks", verbose_name="申请人")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="申请人单位")
    keeper_office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="办理单位")
    asked_at = models.DateTimeField("申请时间")
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES, blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="身份保管员")
    decided_at = models.DateTimeField("决定时间", null=True)
    until = models.DateTimeField("有效至", null=True)
    remark = models.CharField("不同意的理由", max_length=200, blank=True, default="")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="结束人")
    ended_at = models.DateTimeField("提前结束时间", null=True)

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = [models.CheckConstraint(condition=~models.Q(asked_by=models.F("decided_by")), name="unlock_by_two")]

    def __str__(self) -> str:
        return f"{self.asked_by} {self.get_outcome_display() or '待决定'}"

    @property
    def is_open(self) -> bool:
        return self.outcome == ""


class Reading(Recorded):
    """One opening of something sealed; written by its event before the text is given out, and never changed."""

    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="readings")
    subject = models.CharField("所属", max_length=40, db_index=True)
    kind = models.CharField("种类", max_length=10, choices=Sealed.KINDS)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="查看人")  # NULL: the complainant, by the query code
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    purpose = models.CharField("用途", max_length=40)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.at} {self.get_kind_display()}"


class Interest(Recorded):
    """诉 第十三条 (T9): a telephone, an ID tail or a household that somebody of the staff declared: only a mark of it, to compare by."""

    PHONE, ID_TAIL, ADDRESS = "phone", "id_tail", "address"
    KINDS = ((PHONE, "电话号码"), (ID_TAIL, "证件号后四位"), (ADDRESS, "家庭住址"))
    SELF, RELATIVE = "self", "relative"
    WHOSE = ((SELF, "本人"), (RELATIVE, "亲属"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="interests", verbose_name="申报人")
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    whose = models.CharField("关系", max_length=10, choices=WHOSE)
    mark = models.CharField("标记", max_length=100)
    declared_on = models.DateField("申报日")
    ended_on = models.DateField("结束日", null=True)

    class Meta:
        ordering = ("-declared_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_whose_display()}{self.get_kind_display()} {self.declared_on}"

    @property
    def key_id(self) -> str:
        """The key of the ring under which the mark was made."""
        return self.mark.partition(":")[0]


class Comparison(Recorded):
    """An identity was compared with something, and yes or no was answered: what for, and about whom; the answer is nowhere."""

    act = models.CharField("动作", max_length=40)
    subject = models.CharField("所属", max_length=40, db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="核对人")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="单位")
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="被核对的人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.act} {self.at}"
