"""`qingdan move-to-postgresql URL`: everything of the embedded database into an empty PostgreSQL, with the same head. Stop the product first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import connections

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.database.engines import on_postgresql
from qingdan.kernel.database.moving import TARGET, Moved, move


class Command(ChineseCommand):
    help = "把内置数据库的全部数据迁移到一个空的、已经建立的 PostgreSQL 数据库，逐行比较并核对台账；有一处不符即什么也不留下"
    task = "迁移到 PostgreSQL"
    usage = "qingdan move-to-postgresql postgresql://所有者:口令@主机:5432/数据库"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", metavar="地址")

    def work(self, **options: Any) -> str:
        connections.settings[TARGET] = connections.settings["default"] | on_postgresql(options["url"])
        try:
            return _told(move(connections["default"], connections[TARGET]))
        finally:
            connections[TARGET].close()
            del connections[TARGET], connections.settings[TARGET]


def _told(moved: Moved) -> str:
    looked = f"{moved.tables} 张表 {moved.rows} 行，事件 {moved.report.events} 件，链首 {moved.report.head or '（台账为空）'}"
    return f"已迁移并核对一致：{looked}。\n请以所有者运行 qingdan grant-role，再把 QINGDAN_DATABASE_URL 改为系统运行所用的角色。"
