"""Words for what a duty's date means today, and for the values of a fact. Always a word, never a colour alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qingdan.kernel import clock

from .dates import day_text, moment_text

NEAR = 1  # working days left (rules.md 3.1)


def source_name(source: Any) -> str:
    """regulation | order | choice, from the statute's Source or from text."""
    return str(getattr(source, "name", source) or "regulation").lower()


def due_badge(calendar: Any, due: date | None, today: date, *, source: Any = "regulation", provisional: bool = False) -> tuple[str, str]:
    """Kind and words of the badge. Only a limit of the regulation or of an order can be 逾期; a choice is a target."""
    choice = source_name(source) == "choice"
    if not due:
        return "plain", "未定期限"
    if today > due:
        over = calendar.count(due, today)
        if choice:
            return "choice", f"超目标 {over} 个工作日"
        return "late", f"逾期 {over} 个工作日" if over else "逾期"
    if provisional:
        return "provisional", "日期暂定"
    if today == due:
        return "near", "今天到期"
    left = calendar.count(today, due)
    return ("near" if left <= NEAR else "choice" if choice else "plain"), f"还有 {left} 个工作日"


def shown(value: Any) -> Any:
    """A fact as it is read: dates said, yes and no in words, nothing as a dash, lists joined by 、."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value, clock.today())
    if isinstance(value, list | tuple):
        return "、".join(str(v) for v in value)
    return value
