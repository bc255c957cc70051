"""The roles that the demonstration's login page offers by one click. An office named twice offers two of its people."""

from __future__ import annotations

from dataclasses import dataclass

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Account, Post
from qingdan.kernel.offices.queries import on

C, H = Post.CLERK, Post.HEAD
OFFERED = (
    ("政务办", C, "转办、核准、转告，导入清单，投诉的登记和批转"),
    ("政务办", C, "同一单位的另一人：须两人分别办理的，由他复核"),
    ("法制办", C, "牵头部门：审核权责清单；处理投诉"),
    ("编办", C, "牵头部门：审核责任事项；处理投诉"),
    ("政务服务中心", C, "牵头部门：审核审批事项清单；处理投诉"),
    ("财政局", C, "牵头部门：审核收费和基金清单；处理投诉"),
    ("财政局", C, "同一单位的另一人：审核发给单位的投诉文书"),
    ("财政局", H, "单位负责人：投诉的回避、延长、签发决定书"),
    ("区政府", C, "投诉政务办的，由它指定处理机关"),
    ("电子政务中心", C, "配网公布"),
    ("城管局", C, "申请单位：部门；一件投诉移交它调查"),
    ("民政局", C, "投诉中被要求限期履行，已经逾期，须说明理由"),
    ("花园路街道", C, "申请单位：街道"),
)
"""Office, rank of the post, what is done there."""


KEEPERS = (  # 三员: user name, name, duty, what they do here
    ("sys.zhou", "周明", Account.SYSTEM, "建立账号，停用账号"),
    ("sec.wu", "吴静", Account.SECURITY, "提出授权和重设"),
    ("sec.zheng", "郑岩", Account.SECURITY, "确认授权和重设"),
    ("sec.sun", "孙宁", Account.SECURITY, "另一名安全管理员"),
    ("aud.qian", "钱文", Account.AUDIT, "只看登录和账号的记录"),
)


@dataclass(frozen=True)
class Offered:
    """One button."""

    username: str
    name: str
    office: str
    what: str


def offered() -> list[Offered]:
    """The first of this rank in each office of the list; where it is named again, the next."""
    posts = Post.objects.filter(on(clock.today()), office__short__in=[o for o, _, _ in OFFERED]).select_related("person", "office")
    there: dict[tuple[str, str], list[Post]] = {}
    for post in posts.order_by("pk"):
        there.setdefault((post.office.short, post.rank), []).append(post)
    found = [(there[o, rank].pop(0), o, what) for o, rank, what in OFFERED if there.get((o, rank))]
    return [Offered(post.person.username, f"{post.person.name}（{post.title}）", office, what) for post, office, what in found]


def keepers() -> list[Offered]:
    """The 三员 of the demonstration, each with a button."""
    there = {a.person.username: a for a in Account.objects.exclude(duty="").select_related("person")}
    found = [(there[username], what) for username, _, _, what in KEEPERS if username in there]
    return [Offered(a.person.username, a.person.name, a.get_duty_display(), what) for a, what in found]
