"""Who may open a page: audiences as data, each with a description that users can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Account
from qingdan.kernel.offices.queries import roles_of
from qingdan.statute.roles import DISTRICT, EGOV, HANDLER, LEAD, OFFICE

if TYPE_CHECKING:
    from qingdan.kernel.offices.models import Post


@dataclass(frozen=True)
class Audience:
    """A circle of people. `admits(post)`: post is None for the public, for an account without a post, and for the 三员.

    The 三员 are let in by their duty alone (`duties`), so that what asks for a post is closed to them; `accounts`: whoever is logged in.
    """

    key: str
    name: str
    description: str
    admits: Callable[[Post | None], bool]
    duties: frozenset[str] = frozenset()
    accounts: bool = False

    def opens_to(self, post: Post | None, duty: str = "", logged_in: bool = False) -> bool:
        """Does somebody with this post or this duty belong to it?"""
        return self.admits(post) or duty in self.duties or (self.accounts and logged_in)


def _holds(role: str, measure: str = "调") -> Callable[[Post | None], bool]:
    return lambda post: post is not None and (measure, role) in _roles(post)


def _roles(post: Post) -> set[tuple[str, str]]:
    """The roles of the post's office today; looked up once for the post of a request, which may be asked for several audiences."""
    known: tuple[date, set[tuple[str, str]]] | None = getattr(post, "known_roles", None)
    if known is None or known[0] != clock.today():
        known = clock.today(), roles_of(post.office, clock.today())
        post.known_roles = known  # type: ignore[attr-defined]
    return known[1]


PUBLIC = Audience("public", "公众", "任何人，不需要账号。", lambda post: True)
STAFF = Audience("staff", "工作人员", "今天在某个单位有任职的人员。", lambda post: post is not None)
OFFICE_ONLY = Audience("office", "政务办", "区政务服务改革管理办公室的人员。", _holds(OFFICE))
LEADS = Audience("leads", "牵头部门", "审核调整的各牵头部门的人员。", _holds(LEAD))
REGISTRARS = Audience(
    "registrars", "政务办和牵头部门", "登记抽查，漏报、瞒报、虚报和法律变动的人员。", lambda post: OFFICE_ONLY.admits(post) or LEADS.admits(post)
)
COMPLAINTS = Audience(
    "complaints", "办理投诉的单位", "政务办、四家投诉处理机关和区政府的人员；别的单位连有没有投诉都看不到。",
    lambda post: post is not None and any(("诉", role) in _roles(post) for role in (OFFICE, HANDLER, DISTRICT)),
)
COMPLAINT_OFFICE = Audience("complaint_office", "统筹投诉的政务办", "区政务服务改革管理办公室中统筹协调投诉的人员。", _holds(OFFICE, "诉"))
EGOV_ONLY = Audience("egov", "电子政务中心", "负责配网公布的人员。", _holds(EGOV))
ACCOUNTS = Audience("accounts", "登录的人", "有账号并且已经登录的人，对本人的账号。", lambda post: False, accounts=True)
SYSTEM = Audience("system", "系统管理员", "三员之一：建立和停用账号，不授权。", lambda post: False, frozenset({Account.SYSTEM}))
SECURITY = Audience("security", "安全管理员", "三员之一：两人分别经手授权和重设，不建立账号。", lambda post: False, frozenset({Account.SECURITY}))
KEEPERS = Audience(
    "keepers", "系统管理员和安全管理员", "管理账号的两员。", lambda post: False, SYSTEM.duties | SECURITY.duties
)
AUDIT = Audience("audit", "审计管理员", "三员之一：只看登录和账号的记录，什么也不写。", lambda post: False, frozenset({Account.AUDIT}))
DEMONSTRATION = Audience(
    "demonstration", "演示", "只在演示系统中存在，正式系统中没有这一页。", lambda post: bool(settings.DEMONSTRATION)
)
