"""`qingdan backup DIR`: one archive with the database and the files, made while the product runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.backup.making import make
from qingdan.kernel.commands import ChineseCommand


class Command(ChineseCommand):
    help = "备份数据库和文件到目录中的一个新文件；运行中也可以备份"
    task = "备份"
    usage = "qingdan backup 目录"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def work(self, **options: Any) -> str:
        path, found = make(options["folder"])
        n = found.counts
        return f"{path}\n事件 {n['events']} 件，案件 {n['cases']} 件，文件 {n['files']} 个\n链首 {found.seq}:{found.head}"
