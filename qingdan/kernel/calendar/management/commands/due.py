"""`qingdan due 2016-09-30 5 [--json]`: the due day of a number of 工作日, and the reason of every day on the way."""

import json
from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.db import OperationalError, ProgrammingError

from qingdan.engine.workdays import Calendar
from qingdan.kernel.calendar import shipped
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.commands import ChineseCommand

MOST = 9999
USAGE = "qingdan due 2016-09-30 5 [--json]（起算日、工作日数）"


class Refusal(Exception):
    """Bad input, as a Chinese sentence: what, why, what to do."""


class Command(ChineseCommand):
    help = "计算到期日：起算日当日不计，自次日起数工作日，并逐日说明理由"
    task = "计算到期日"
    usage = USAGE

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="*", metavar="起算日 工作日数")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args: Any, words: list[str], **options: Any) -> None:
        try:
            start, n = read(words)
            answer = reckon(calendar(), start, n)
        except (Refusal, ValueError) as refusal:
            self.refuse(str(refusal))
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else tell(start, n, answer))


def calendar() -> Calendar:
    """The one in force; before there is a database, the one that ships with the product."""
    try:
        return in_force()
    except (OperationalError, ProgrammingError):
        return shipped()


def read(words: list[str]) -> tuple[date, int]:
    """The start day and the number, or a refusal that says what to write instead."""
    if len(words) != 2:
        raise Refusal(f"不能计算到期日：需要起算日和工作日数两项，收到 {len(words)} 项。用法：{USAGE}。")
    try:
        start = date.fromisoformat(words[0])
    except ValueError:
        raise Refusal(f"不能计算到期日：起算日“{words[0]}”不是日历上的日期。请按 2016-09-30 的样子填写年、月、日。") from None
    try:
        n = int(words[1])
    except ValueError:
        raise Refusal(f"不能计算到期日：工作日数“{words[1]}”不是整数。请填写 1 至 {MOST} 的整数。") from None
    if not 1 <= n <= MOST:
        raise Refusal(f"不能计算到期日：工作日数 {n} 不在 1 至 {MOST} 之内。请填写 1 至 {MOST} 的整数。")
    return start, n


def reckon(calendar: Calendar, start: date, n: int) -> dict[str, Any]:
    """The answer as plain values: the same for the text and for JSON."""
    due = calendar.due(start, n)
    answer: dict[str, Any] = {"due": due.day.isoformat(), "provisional": due.provisional}
    if due.provisional:
        answer |= {"earliest": due.earliest.isoformat(), "latest": due.latest.isoformat()}
    answer["days"] = [{"day": d.day.isoformat(), "counts": d.counts, "why": d.why} for d in calendar.days(start, n)]
    return answer


def tell(start: date, n: int, answer: dict[str, Any]) -> str:
    """One line a day with its reason, then the due day."""
    lines, nth = [f"起算日 {named(start)}，当日不计，期限 {n} 个工作日"], 0
    for told in answer["days"]:
        nth += told["counts"]
        lines.append(f"{named(date.fromisoformat(told['day']))}  {f'第 {nth} 日' if told['counts'] else '不计'}  {told['why']}")
    lines.append(f"到期日 {named(date.fromisoformat(answer['due']))} 24 时" + ("（暂定）" if answer["provisional"] else ""))
    if answer["provisional"]:
        lines.append(f"最早 {answer['earliest']}，最晚 {answer['latest']}；国务院公布放假安排后重新计算，暂定期间不发生逾期后果")
    return "\n".join(lines)


def named(day: date) -> str:
    return f"{day.isoformat()}（周{'一二三四五六日'[day.weekday()]}）"
