"""`qingdan restore ARCHIVE`: into an empty place, checked by `verify`; exit 1 and nothing put back where the archive is not sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.backup.archive import Unsound
from qingdan.kernel.backup.restoring import restore
from qingdan.kernel.commands import ChineseCommand


class Command(ChineseCommand):
    help = "从备份恢复到空的位置，并核对台账；备份不完整或者核对不一致的，什么也不恢复，退出码 1"
    task = "从备份恢复"
    usage = "qingdan restore 备份文件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)

    def work(self, **options: Any) -> str:
        try:
            report = restore(options["archive"])
        except Unsound as unsound:
            self.stderr.write(str(unsound))
            raise SystemExit(1) from unsound
        return f"事件 {report.events} 件，业务数据 {report.rows} 行，案件 {report.cases} 件\n链首 {report.events}:{report.head}\n已恢复，核对一致"
