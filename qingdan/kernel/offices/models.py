"""Offices, people, posts and the roles that offices hold: all with dates from which and until which they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from qingdan.kernel.rows import Recorded, RecordedQuerySet


def signed(name: str, whom: Sequence[str]) -> str:
    """李四 代 张三. `whom`: for whom, the absent one first."""
    return f"{name} 代 {whom[0]}" if whom else name


class Span(models.Model):
    """Holds from a day and, once ended, until a day (both included)."""

    valid_from = models.DateField("生效日", default=date(2016, 5, 6))
    valid_to = models.DateField("失效日", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Office(Recorded, Span):
    """A department, a subdistrict or another body of the district (调4)."""

    code = models.CharField("单位代码", max_length=40, unique=True)
    name = models.CharField("全称", max_length=100)
    short = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=20, default="部门")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.short


class OfficeRole(Recorded, Span):
    """A role of an office in one measure; `scope` is the list for which a lead body leads, or empty for all."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="roles")
    measure = models.CharField("机制", max_length=4)
    role = models.CharField("角色", max_length=20)
    scope = models.CharField("范围", max_length=20, blank=True, default="")

    class Meta:
        ordering = ("measure", "role", "scope", "office__code")

    def __str__(self) -> str:
        return f"{self.office} {self.measure}·{self.role}{self.scope and f'（{self.scope}）'}"


class PersonManager(BaseUserManager.from_queryset(RecordedQuerySet)):  # type: ignore[misc]
    """People are found by their user name."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(Recorded, AbstractBaseUser):
    """Someone who works with the product. What they may do follows from their posts, never from the account."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    active = models.BooleanField("在用", default=True)
    last_login = None  # a login is no business fact; sessions tell who is logged in
    stands_for: tuple[Person, ...] = ()
    """代: whose post this person fills in this request, the absent one first; set for one request (policy.middleware), kept in events alone."""

    objects = PersonManager()  # type: ignore[misc]
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.active

    @property
    def signature(self) -> str:
        """Who acts, as a page says it: 李四, or 李四 代 张三."""
        return signed(self.name, [p.name for p in self.stands_for])

    @property
    def duty(self) -> str:
        """The duty of the 三员 that this person has, or nothing. Who has one holds no post."""
        account = getattr(self, "account", None)
        return account.duty if account else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Stands in every session of this person: with another password or another round all of them are over (T28, T29)."""
        account = getattr(self, "account", None)
        text = f"{self.password}:{account.round if account else 0}"
        return salted_hmac("qingdan.kernel.offices.models.Person", text, secret=secret, algorithm="sha256").hexdigest()


class Account(Recorded):
    """What a person has as a user of the product beside their posts. A person without a row has no duty, and their sessions are of round 0.

    三员: one column, so that nobody has two of the duties at once.
    """

    SYSTEM, SECURITY, AUDIT = "system", "security", "audit"
    DUTIES = ((SYSTEM, "系统管理员"), (SECURITY, "安全管理员"), (AUDIT, "审计管理员"))

    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    duty = models.CharField("三员", max_length=10, choices=DUTIES, blank=True, default="")
    round = models.PositiveIntegerField("登录轮次", default=0)  # the next round ends all sessions of the one before
    must_change = models.BooleanField("须改密码", default=False)  # somebody else knows the password

    class Meta:
        ordering = ("person__username",)
        constraints = [models.CheckConstraint(condition=models.Q(duty__in=("", "system", "security", "audit")), name="one_duty_or_none")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_duty_display()}".strip()


class Post(Recorded, Span):
    """A person's post in an office."""

    CLERK, HEAD = "clerk", "head"
    RANKS = ((CLERK, "经办人"), (HEAD, "负责人"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=40, default="经办人")
    rank = models.CharField("层级", max_length=10, choices=RANKS, default=CLERK)

    class Meta:
        ordering = ("office__code", "person__username")

    def __str__(self) -> str:
        return f"{self.office} {self.title} {self.person}"


class Custody(Recorded, Span):
    """身份保管员: the person decides for this office who may see the identity of a complainant. Holds only with a post in it (S18, P-E2)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="custodies")
    office = models.ForeignKey(Office, models.PROTECT, related_name="custodies")

    class Meta:
        ordering = ("office__code", "person__username")

    def __str__(self) -> str:
        return f"{self.office} 身份保管员 {self.person}"


class OfficeChange(Recorded):
    """S10: an office is merged, split or renamed: from a day on another one stands in its place. Old cases keep the old one."""

    KINDS = (("更名", "更名"), ("合并", "并入其他单位"), ("分设", "分设为几个单位"))

    kind = models.CharField("变动", max_length=4, choices=KINDS)
    old = models.ForeignKey(Office, models.PROTECT, related_name="heirs", verbose_name="原单位")
    heir = models.ForeignKey(Office, models.PROTECT, related_name="forerunners", verbose_name="继受单位")
    on = models.DateField("自")
    document = models.CharField("依据文件", max_length=200)
    document_day = models.DateField("文件印发日")

    class Meta:
        ordering = ("-on", "pk")

    def __str__(self) -> str:
        return f"{self.old} → {self.heir}（{self.on}）"
