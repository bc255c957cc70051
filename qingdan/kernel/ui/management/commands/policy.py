"""`qingdan policy [--csv]`: who may use which page, with which methods, within which bounds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.policy import table


class Command(ChineseCommand):
    help = "列出每一页可以由谁、用什么方法、在什么范围内使用"
    task = "列出访问权限"
    usage = "qingdan policy [--csv]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", action="store_true", help="输出 CSV 而不是 Markdown")

    def work(self, **options: Any) -> str:
        return (table.as_csv() if options["csv"] else table.as_markdown()).rstrip("\n")
