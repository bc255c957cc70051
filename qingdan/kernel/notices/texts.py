"""The words of every notice, one an event, as data: what 政务办 may change on a page stands here with what it may name and what it must keep.

A placeholder is a Chinese word in braces. There is none for a person and none for anything of a complainant, so no wording can name them.
A limit that is our choice is a target: its words say so and never say 逾期.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WORDS: Mapping[str, tuple[str, str]] = {
    "案件": ("案件编号", "调2016-0042"),
    "事项": ("应办的事项", "反馈审核意见"),
    "条款": ("应办依据的条款", "第七条（三）"),
    "单位": ("承办单位", "某某局"),
    "到期日": ("到期日", "2016年6月17日（周五）"),
    "剩余": ("到期前还有几个工作日", "1"),
    "效果": ("不办理时依法产生的效果", "视为同意"),
    "效果条款": ("产生效果的条款", "第八条"),
    "原到期日": ("变更前的到期日", "2016年6月16日（周四）"),
    "新到期日": ("变更后的到期日", "2016年6月17日（周五）"),
    "截止日": ("已公布的放假安排的最后一天", "2016年12月31日（周六）"),
}
"""placeholder -> what it stands for, and what an invented case says there."""

DUTY = ("案件", "事项", "条款", "单位", "到期日")
TARGET = "法规未定期限"


@dataclass(frozen=True)
class Text:
    """The words of one event. `words`: what they may name; `needs`: what they must name; `keeps`, `never`: what they must and must not say."""

    name: str
    standard: str
    words: tuple[str, ...]
    needs: tuple[str, ...] = ("案件", "到期日")
    keeps: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def _target(name: str, standard: str, *more: str) -> Text:
    """A limit that is our choice."""
    return Text(name, standard, (*DUTY, *more), keeps=(TARGET,), never=("逾期",))


TEXTS: Mapping[str, Text] = {
    "before": Text("将要到期", "{案件}：{事项}（{条款}）应在{到期日}前办结，还有 {剩余} 个工作日。", (*DUTY, "剩余")),
    "before_same_day": Text("收到当日到期", "{案件}：{事项}（{条款}）应在当日（{到期日}）办结。", DUTY),
    "before_choice": _target(
        "将到目标日（法规未定期限的）", "{案件}：{事项}（{条款}）的目标日是{到期日}（法规未定期限），还有 {剩余} 个工作日。", "剩余"
    ),
    "today": Text("今天到期，告知负责人", "{案件}：{单位}的“{事项}”（{条款}）今天（{到期日}）到期，尚未办结。", DUTY),
    "today_deemed": Text(
        "今天到期，不办理将视为答复",
        "{案件}：{单位}的“{事项}”（{条款}）今天（{到期日}）到期，尚未办结。今天 24 时前不办理的，依{效果条款}{效果}，责任由{单位}承担。",
        (*DUTY, "效果", "效果条款"), needs=("案件", "到期日", "效果"),
    ),
    "today_choice": _target(
        "今天到目标日（法规未定期限的）", "{案件}：{单位}的“{事项}”（{条款}）今天（{到期日}）到目标日（法规未定期限），尚未办结。"
    ),
    "overdue": Text("已经逾期，告知政务办", "{案件}：{单位}未在{到期日}前办结“{事项}”（{条款}），已经逾期，请督办。", DUTY),
    "overdue_choice": _target(
        "过了目标日（法规未定期限的），告知政务办", "{案件}：{单位}到目标日{到期日}尚未办结“{事项}”（{条款}）。此项法规未定期限，请督促办理。"
    ),
    "deemed": Text(
        "依法视为答复", "{案件}：{单位}到{到期日} 24 时未办理“{事项}”（{条款}），依{效果条款}自该时起{效果}，责任由{单位}承担。",
        (*DUTY, "效果", "效果条款"), needs=("案件", "单位", "效果"),
    ),
    "annulled": Text(
        "视为的效果不成立",
        "{案件}：{单位}的“{事项}”（{条款}）原依{效果条款}{效果}，现经政务办两人认定，其前提自始不存在，该效果不成立；"
        "以它为前提的步骤一并撤销，{单位}应重新办理，到期日见“待办”。",
        (*DUTY, "效果", "效果条款"), needs=("案件", "单位", "效果"),
    ),
    "redated": Text(
        "放假安排变更，到期日改变", "放假安排变更：{案件} {事项}（{条款}）的到期日由{原到期日}改为{新到期日}。",
        ("案件", "事项", "条款", "原到期日", "新到期日"), needs=("案件", "新到期日"),
    ),
    "horizon": Text(
        "放假安排将要用完，告知政务办",
        "已公布的放假安排到{截止日}为止，只剩 {剩余} 个工作日。请在国务院办公厅公布下一年的放假安排后尽快录入；"
        "录入之前，此后到期的日期都是暂定，不产生视为效果。",
        ("截止日", "剩余"), needs=("截止日",),
    ),
}  # fmt: skip

SUBJECT = "五单一网：一项提醒"
SUBJECT_MANY = "五单一网：{n} 项提醒"
SUBJECTS = {
    "before": "五单一网：有事项将要到期",
    "today": "五单一网：有事项今天到期",
    "overdue": "五单一网：有事项逾期",
    "deemed": "五单一网：依法视为答复",
}
FOOT = "办理请登录：{address}\n本邮件由系统发出，请勿回复；不想再收到的，可以在“提醒”页的“邮件”中改为不发。"
FOOT_PLAIN = "办理请登录“五单一网”。本邮件由系统发出，请勿回复；不想再收到的，可以在“提醒”页的“邮件”中改为不发。"
"""Letters. A subject tells no case and no office: it is shown on locked screens."""
