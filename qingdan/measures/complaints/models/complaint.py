"""What is stored of a complaint. Who complained and what was said are sealed in the vault; the rows here hold codes, days and whose turn it is.

`objects` answers only when it was asked through `access` (S46): an unscoped question raises `Unscoped`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from qingdan.kernel.drawn import drawn, grouped
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded, RecordedQuerySet
from qingdan.kernel.vault.models import Sealed
from qingdan.lists.models import Item
from qingdan.statute.complaints_grounds import (
    BODIES,
    CHANNELS,
    CONTACTS,
    GROUNDS,
    ITEM_KINDS,
    QUESTIONS,
    REFUSALS,
    RESPONDENTS,
    ground_numbers,
)
from qingdan.statute.complaints_inquiry import CONCLUSIONS
from qingdan.statute.labels import label


def new_reference() -> str:
    """受理编号: 16 characters, 80 bits; tells nothing of when, how many or about whom (T6)."""
    return drawn(16)


class Unscoped(Exception):
    """Complaints were asked for without saying for whom: a mistake in the code. Go through `access`."""


class ScopedQuerySet(RecordedQuerySet):
    """Answers nothing before `scoped()`, which `access` alone calls."""

    _is_scoped = False

    def scoped(self) -> ScopedQuerySet:
        found: ScopedQuerySet = self._chain()  # type: ignore[attr-defined]  # of QuerySet, not in its stubs
        found._is_scoped = True
        return found

    def _clone(self) -> Any:
        clone = super()._clone()  # type: ignore[misc]  # not in the stubs
        clone._is_scoped = self._is_scoped
        return clone

    def _ensure_scoped(self) -> None:
        if not self._is_scoped:
            raise Unscoped(f"{self.model.__name__} is asked for through complaints.access only")

    def _fetch_all(self) -> None:
        self._ensure_scoped()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        self._ensure_scoped()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._ensure_scoped()
        return super().count()

    def exists(self) -> bool:
        self._ensure_scoped()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._ensure_scoped()
        return super().aggregate(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """As a part of another question."""
        self._ensure_scoped()
        return super().resolve_expression(*args, **kwargs)


def _choices(table: Any) -> list[tuple[str, str]]:
    """Of a table of the statute: its rows are texts, pairs that begin with one, or have a name."""
    return [(key, value if isinstance(value, str) else value[0] if isinstance(value, tuple) else value.name) for key, value in table.items()]


class Complaint(Recorded):
    """One complaint: how it came, about what kind of thing, and who has it. `rows` is the ledger's own way to it; nobody else's."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="complaint")
    reference = models.CharField("受理编号", max_length=16, unique=True, default=new_reference)
    channel = models.CharField("途径", max_length=10, choices=_choices(CHANNELS))
    received_at = models.DateTimeField("收到时间")
    confidential = models.BooleanField("要求保密", default=True)
    anonymous = models.BooleanField("匿名", default=False)
    representatives = models.PositiveSmallIntegerField("代表人数", default=1)
    id_shown = models.BooleanField("已出示证件", default=False)
    respondent_kind = models.CharField("被投诉人", max_length=10, choices=_choices(RESPONDENTS))
    respondent_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name="被投诉单位")
    about_office = models.BooleanField("投诉政务办", default=False)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", verbose_name="事项")
    item_kind = models.CharField("事项种类", max_length=10, choices=_choices(ITEM_KINDS), blank=True, default="")
    grounds = models.CharField("情形", max_length=60)
    suggested = models.CharField("建议", max_length=10, choices=_choices(BODIES), blank=True, default="")
    flagged = models.BooleanField("须核对", default=False)
    handler = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name="处理机关")
    overridden = models.BooleanField("未按建议批转", default=False)
    registered_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name="登记单位")  # NULL: came through the portal
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="此前的投诉")
    new_facts = models.BooleanField("有新的事实", default=False)
    reopening = models.PositiveSmallIntegerField("第几次再投诉", default=0)  # after a decision, with new facts (P-D9)
    conclusion = models.CharField("结论", max_length=10, choices=list(CONCLUSIONS.items()), blank=True, default="")
    malicious = models.BooleanField("按恶意投诉结案", default=False)
    refusal = models.CharField("不予受理的依据", max_length=6, choices=_choices(REFUSALS), blank=True, default="")
    identity = models.ForeignKey(Sealed, models.PROTECT, null=True, related_name="+", verbose_name="身份信息")
    content = models.ForeignKey(Sealed, models.PROTECT, related_name="+", verbose_name="投诉内容")
    query_hash = models.CharField("查询码的摘要", max_length=200, blank=True, default="")

    objects = ScopedQuerySet.as_manager()  # type: ignore[misc]  # the stubs take it for another attribute
    rows = RecordedQuerySet.as_manager()

    class Meta:
        base_manager_name = "rows"
        ordering = ("-case__opened_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(representatives__range=(1, 5)), name="complaint_at_most_five"),
            models.CheckConstraint(
                condition=models.Q(handler=None) | ~models.Q(handler=models.F("respondent_office")), name="complaint_not_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.spelled

    @property
    def spelled(self) -> str:
        """7K2M-9X4C-… as people read it."""
        return grouped(self.reference)

    @property
    def keys(self) -> list[str]:
        """The questions that were ticked."""
        return [key for key in self.grounds.split(",") if key]

    @property
    def ground_articles(self) -> list[str]:
        return [GROUNDS[n].article for n in ground_numbers(self.keys)]

    @property
    def ground_names(self) -> list[str]:
        return [f"{GROUNDS[n].article} {GROUNDS[n].name}" for n in ground_numbers(self.keys)]

    @property
    def questions(self) -> list[str]:
        return [QUESTIONS[key].text for key in self.keys]


class Passage(Recorded):
    """Something that was said or handed in later. `visible`: the complainant sees it, with the query code."""

    FACTS, EVIDENCE, FILE, ASKED, REFUSED, OVERRIDE, NOTE, TOLD, ANSWER, HEARD, FINDING, REPORT, REASON = (
        "facts", "evidence", "file", "asked", "refused", "override", "note", "told", "answer", "heard", "finding", "report", "reason",
    )  # fmt: skip
    KINDS = (
        (FACTS, "补充的事实"), (EVIDENCE, "初步证据"), (FILE, "材料"), (ASKED, "补正通知"), (REFUSED, "不予受理的理由"),
        (OVERRIDE, "未按建议批转的理由"), (NOTE, "办理说明"), (TOLD, "告知投诉人"), (ANSWER, "此前的答复"), (HEARD, "陈述和笔录"),
        (FINDING, "调查取证"), (REPORT, "单位的报告"), (REASON, "理由"),
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="passages")
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    act = models.CharField("动作", max_length=40)
    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    visible = models.BooleanField("投诉人可见", default=False)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name="单位")  # NULL: the complainant

    objects = ScopedQuerySet.as_manager()  # type: ignore[misc]  # the stubs take it for another attribute
    rows = RecordedQuerySet.as_manager()

    class Meta:
        base_manager_name = "rows"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    @property
    def to_complainant(self) -> str:
        """What it is, as the complainant is told."""
        return "告知" if self.kind == self.TOLD else self.get_kind_display()

    @property
    def step(self) -> str:
        """What it is, and of which step where the kind alone does not say that."""
        kind = str(self.get_kind_display())
        return f"{kind}：{label(self.act)}" if self.kind in (self.HEARD, self.REASON, self.NOTE) else kind


class SealedPaper(Recorded):
    """A paper of a complaint (受理登记表, 告知书 …), sealed like all that was said: kernel.papers keeps its own in clear.

    `n`: the event it is made from. `visible`: it is for the complainant.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    n = models.PositiveIntegerField("所据的一步")
    template = models.CharField("文书", max_length=40)
    version = models.PositiveIntegerField("模板版本")
    name = models.CharField("名称", max_length=60)
    number = models.CharField("编号", max_length=60, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="制发单位")
    issued_on = models.DateField("成文日期")
    visible = models.BooleanField("给投诉人", default=False)
    pdf = models.ForeignKey(Sealed, models.PROTECT, null=True, related_name="+")  # NULL: no Chinese font where it was made
    docx = models.ForeignKey(Sealed, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()  # type: ignore[misc]  # the stubs take it for another attribute
    rows = RecordedQuerySet.as_manager()

    class Meta:
        base_manager_name = "rows"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["case", "n", "template"], name="sealed_paper_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Likeness(Recorded):
    """S16: a mark that two complaints of one person about one thing have in common (`likeness`)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=100, db_index=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.mark[:12]


class Contact(Recorded):
    """第七条 (O6): how a handling body, or 政务办, can be reached. A new row for each change; the newest holds."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="contacts")
    phone = models.CharField(CONTACTS["phone"], max_length=100, blank=True, default="")
    fax = models.CharField(CONTACTS["fax"], max_length=100, blank=True, default="")
    address = models.CharField(CONTACTS["address"], max_length=200, blank=True, default="")
    email = models.CharField(CONTACTS["email"], max_length=200, blank=True, default="")
    place = models.CharField("当面投诉的场所", max_length=200, blank=True, default="")
    hours = models.CharField("时间", max_length=100, blank=True, default="")
    since = models.DateField("自")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.office} {self.since}"

    @property
    def missing(self) -> list[str]:
        """What 第七条 asks for and this body has not made known."""
        return [name for key, name in CONTACTS.items() if not getattr(self, key)]
