"""What the commands share: bad input is answered with a Chinese sentence (what, why, what to do) and exit 2."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, ProgrammingError

from qingdan.engine.refusals import Refused


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
            self.refuse(f"不能{self.task}：数据库不能使用（{error}）。还没有建立数据库的，请先运行 qingdan migrate；正被占用的，请稍后再试。")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.work(**options))
        except Refused as refused:
            self.refuse(str(refused))

    def work(self, **options: Any) -> str:
        """Do it, and return what to print."""
        raise NotImplementedError
