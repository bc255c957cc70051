"""`qingdan add-role OFFICE ROLE [--measure 调] [--scope 审批]`: an office holds a role in a measure from today on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.offices.actions import give_role
from qingdan.kernel.offices.commands import office_by


class Command(ChineseCommand):
    help = "授予单位在某一机制中的角色"
    task = "授予角色"
    usage = "qingdan add-role 单位代码 角色 [--measure 机制] [--scope 清单]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("office", metavar="单位代码")
        parser.add_argument("role", metavar="角色")
        parser.add_argument("--measure", default="调", metavar="机制", help="调、诉、监、考、会，默认为调")
        scope = "牵头部门只牵头某一清单的，写清单：权责、审批、负面、收费、基金；投诉处理机关写所管的一类：审批、权力、责任、收费"
        parser.add_argument("--scope", default="", metavar="清单", help=scope)

    def work(self, **options: Any) -> str:
        office = office_by(f"不能授予角色“{options['role']}”", options["office"])
        held = give_role(office=office, role=options["role"], measure=options["measure"], scope=options["scope"], by=None)
        return f"已授予 {held}。"
