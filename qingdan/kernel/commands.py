"""What the commands share: bad input is answered with a Chinese sentence (what, why, what to do) and exit 2."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, ProgrammingError

from qingdan.engine.refusals import Refused


def unusable_folder() -> str:
    """Why the folder of the embedded database cannot be used, as a sentence; nothing where it can, or where a server holds the database."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return ""
    folder = Path(settings.DATABASES["default"]["NAME"]).parent
    todo = "请先建立这个文件夹，并且使运行本系统的用户可以写入；或者把 QINGDAN_VAR 改为存放数据的文件夹。"
    if not folder.exists():
        return f"数据文件夹 {folder} 不存在（由 QINGDAN_VAR 指定）。{todo}"
    if not folder.is_dir():
        return f"{folder} 不是文件夹（由 QINGDAN_VAR 指定）。{todo}"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"数据文件夹 {folder} 不能写入（由 QINGDAN_VAR 指定）。{todo}"


class ChineseCommand(BaseCommand):
    """`task` completes 不能…; `usage` shows the words. Subclasses write `work`, which may raise Refused."""

    task = ""
    usage = ""
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._refuse_arguments  # type: ignore[method-assign]
        return parser

    def _refuse_arguments(self, message: str) -> NoReturn:
        self.refuse(f"不能{self.task}：参数不对（{message}）。用法：{self.usage}。")

    def refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(2)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as error:
            if why := unusable_folder():
                self.refuse(f"不能{self.task}：{why}")
            self.refuse(f"不能{self.task}：数据库不能使用（{error}）。还没有建立数据库的，请先运行 qingdan migrate；正被占用的，请稍后再试。")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.work(**options))
        except Refused as refused:
            self.refuse(str(refused))

    def work(self, **options: Any) -> str:
        """Do it, and return what to print."""
        raise NotImplementedError
