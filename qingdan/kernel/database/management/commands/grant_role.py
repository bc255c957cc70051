"""`qingdan grant-role ROLE`: what the application's role may do on PostgreSQL; run as the owner of the tables, after `migrate`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import connection, transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.database import roles


class Command(ChineseCommand):
    help = "授权系统运行所用的 PostgreSQL 角色：可以增加台账，不能修改、删除或者撤去保护；以后 migrate 新建的表自动授权"
    task = "授权"
    usage = "qingdan grant-role 角色"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", metavar="角色")

    def work(self, **options: Any) -> str:
        if connection.vendor != "postgresql":
            raise Refused(roles.WHAT, "现在使用的是内置数据库，没有角色", "请在 QINGDAN_DATABASE_URL 中写明 PostgreSQL 的地址和所有者")
        with transaction.atomic():
            tables = roles.grant(options["role"], connection)
        return f"已授权角色 {options['role']}：{tables} 张表。请把 QINGDAN_DATABASE_URL 改为用这个角色登录，再运行系统。"
