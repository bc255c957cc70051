"""`qingdan heads [--since DAY]`: the daily heads as CSV, one line a day; to be printed, mailed or kept by others."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from qingdan.engine.refusals import Refused
from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger.heads import as_csv, day_heads


class Command(ChineseCommand):
    help = "输出每日的台账链首（CSV）：日期、最后一号事件、链首、日摘要、算法"
    task = "输出台账链首"
    usage = "qingdan heads [--since 2016-06-07]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", default="", help="只要这一天及以后的")

    def work(self, **options: Any) -> str:
        try:
            since = date.fromisoformat(options["since"]) if options["since"] else None
        except ValueError as wrong:
            raise Refused("不能输出台账链首", f"“{options['since'][:40]}”不是日期", "请写成 2016-06-07 的样子") from wrong
        return as_csv(day_heads(since)).rstrip("\n")
