"""依据 as records (P-A6): a document, its articles, each with the days on which it holds; and what rests on them.

Records come from the text of published versions and are 待核 until somebody of 政务办 has entered their days; what changes
in them is entered as a `LawChange` (P-A7). `Hold` is what a repeal does to an item (第十条（一）, X5).
"""

from __future__ import annotations

import json
from datetime import date

from django.db import models
from django.db.models import F, Q

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.kernel.rows import Recorded
from qingdan.lists.models import ItemVersion


def valid_on(day: date, prefix: str = "") -> Q:
    """What holds on this day; a day that is not known bars nothing."""
    begin, end, again = (f"{prefix}{name}" for name in ("in_force_from", "in_force_to", "restored_on"))
    begun = Q(**{f"{begin}__isnull": True}) | Q(**{f"{begin}__lte": day})
    return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}) | Q(**{f"{again}__lte": day}))


class Holding(Recorded):
    """From which day something holds, to which (both included), and since when again."""

    in_force_from = models.DateField("施行日", null=True, blank=True)
    in_force_to = models.DateField("施行至", null=True, blank=True)
    restored_on = models.DateField("恢复施行日", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """The same as `valid_on`, of one row."""
        if self.in_force_from and self.in_force_from > day:
            return False
        return self.in_force_to is None or day <= self.in_force_to or bool(self.restored_on and self.restored_on <= day)


class BasisDocument(Holding):
    """One edition of a law, regulation or paper. The next edition is a document of its own, which replaces this one."""

    KINDS = tuple((k, k) for k in ("法律", "法规", "规章", "规范性文件", "“三定”规定", "取消下放文件", "其他"))

    key = models.CharField("识别名", max_length=200, db_index=True)  # how citations find it: parsing.key_of
    kind = models.CharField("种类", max_length=10, choices=KINDS, default="其他")
    title = models.CharField("名称", max_length=200)
    issuer = models.CharField("制定机关", max_length=200, blank=True, default="")
    number = models.CharField("文号", max_length=100, blank=True, default="")
    published_on = models.DateField("公布日", null=True, blank=True)
    url = models.CharField("公布网址", max_length=500, blank=True, default="")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="代替")
    checked = models.BooleanField("已核", default=False)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint(fields=["key"], condition=Q(replaces__isnull=True), name="basis_first_edition")]

    def __str__(self) -> str:
        return self.title if self.title.endswith("号") and not self.checked else f"《{self.title}》"


class BasisArticle(Holding):
    """An article, 款 or 项 of a document, or (with no place) the document as a whole."""

    document = models.ForeignKey(BasisDocument, models.PROTECT, related_name="articles")
    place = models.CharField("条款", max_length=100, blank=True, default="")

    class Meta:
        ordering = ("document", "pk")
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="basis_article_once")]

    def __str__(self) -> str:
        return f"{self.document}{self.place}"


class BasisLink(Recorded):
    """A published version rests on an article; without one, its text could not be recognised (未能识别的依据)."""

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="bases")
    article = models.ForeignKey(BasisArticle, models.PROTECT, null=True, related_name="links")
    text = models.CharField("原文", max_length=500)

    class Meta:
        ordering = ("version", "pk")
        constraints = [models.UniqueConstraint(fields=["version", "article"], name="basis_link_once")]

    def __str__(self) -> str:
        return self.text


class LawChange(Recorded):
    """第五条: something happened to a document or to some of its articles, as somebody entered it (S1)."""

    NEW, AMENDED, REPEALED, RESTORED = "new", "amended", "repealed", "restored"
    SORTS = ((NEW, "新颁布"), (AMENDED, "修改"), (REPEALED, "废止"), (RESTORED, "恢复施行"))

    sort = models.CharField("变动", max_length=10, choices=SORTS)
    document = models.ForeignKey(BasisDocument, models.PROTECT, related_name="changes")
    places = models.TextField("条款", default="[]")  # JSON; empty: the whole document
    announced_on = models.DateField("公布日")
    received_on = models.DateField("文件收到日", null=True, blank=True)
    takes_effect = models.DateField("施行日")
    number = models.CharField("文号", max_length=100, blank=True, default="")
    evidence = models.TextField("证明材料")
    summary = models.TextField("变动内容", blank=True, default="")
    office = models.ForeignKey(Office, models.PROTECT, related_name="law_changes", verbose_name="登记单位")
    entered_on = models.DateField("登记日")
    swept_on = models.DateField("已按日处理", null=True, blank=True)

    class Meta:
        ordering = ("-entered_on", "-pk")
        indexes = [models.Index(fields=["sort", "swept_on", "takes_effect"], name="law_change_due")]

    def __str__(self) -> str:
        return f"{self.document} {self.get_sort_display()} {self.takes_effect}"

    @property
    def arose_on(self) -> date:
        """第七条（一） 情形发生日: 公布日, or the day on which the paper came, if that was earlier."""
        return min(self.announced_on, self.received_on or self.announced_on)

    @property
    def place_list(self) -> list[str]:
        found: list[str] = json.loads(self.places)
        return found


class Hold(Recorded):
    """第十条（一） 待核, 暂停行使: one version of an item that lost its last valid 依据. A later version that names others is free of it (X5r).

    flagged_on: the legal day · noted_on: the day on which the system wrote it · decided_on, resumed_on: days of the acts.
    """

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="holds")
    case = models.OneToOneField(Case, models.PROTECT, related_name="hold")
    flagged_on = models.DateField("待核起")
    noted_on = models.DateField("登记日")
    decided_on = models.DateField("确认日", null=True, blank=True)
    suspended = models.BooleanField("暂停行使", default=False)
    reason = models.TextField("理由", blank=True, default="")
    resumed_on = models.DateField("恢复行使日", null=True, blank=True)
    resumed_why = models.TextField("恢复的理由", blank=True, default="")

    class Meta:
        ordering = ("-flagged_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(suspended=False) | Q(decided_on__isnull=False), name="hold_suspended_when_decided"),
            models.CheckConstraint(condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("decided_on")), name="hold_resumed_after"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.flagged_on}"

    def covers(self, version: ItemVersion) -> bool:
        """This version, and later ones as long as their 依据 read the same (a new phone number gives no new 依据)."""
        same_item = version.item_id == self.version.item_id and version.number >= self.version.number
        return same_item and version.content_dict.get("basis") == self.version.content_dict.get("basis")

    def state_on(self, on: date, known: date) -> str:
        """待核, 暂停行使 or "" on a day, by what had been written by another (P-A3)."""
        seen = min(on, known)
        if self.flagged_on > on or self.noted_on > known:
            return ""
        if self.decided_on is None or self.decided_on > seen:
            return "待核"
        return "暂停行使" if self.suspended and not (self.resumed_on and self.resumed_on <= seen) else ""
