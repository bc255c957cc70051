"""The roles that the demonstration's login page offers by one click."""

from __future__ import annotations

from dataclasses import dataclass

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Post
from qingdan.kernel.offices.queries import on

OFFERED = (
    ("政务办", "转办、核准、转告，导入清单"),
    ("法制办", "牵头部门：审核权责清单"),
    ("编办", "牵头部门：审核责任事项"),
    ("政务服务中心", "牵头部门：审核审批事项清单"),
    ("财政局", "牵头部门：审核收费和基金清单"),
    ("电子政务中心", "配网公布"),
    ("城管局", "申请单位：部门"),
    ("花园路街道", "申请单位：街道"),
)


@dataclass(frozen=True)
class Offered:
    """One button."""

    username: str
    name: str
    office: str
    what: str


def offered() -> list[Offered]:
    """The first clerk of each office of the list."""
    posts = Post.objects.filter(on(clock.today()), office__short__in=[o for o, _ in OFFERED]).select_related("person", "office")
    first: dict[str, Post] = {}
    for post in posts.order_by("rank", "pk"):
        first.setdefault(post.office.short, post)
    return [
        Offered(first[o].person.username, f"{first[o].person.name}（{first[o].title}）", o, what)
        for o, what in OFFERED
        if o in first
    ]
