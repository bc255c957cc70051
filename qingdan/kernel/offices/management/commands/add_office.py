"""`qingdan add-office CODE NAME SHORT [--kind 街道]`: a new office of the district (调4)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.offices.actions import create_office


class Command(ChineseCommand):
    help = "新增单位"
    task = "新增单位"
    usage = "qingdan add-office 代码 全称 简称 [--kind 类别]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="代码")
        parser.add_argument("name", metavar="全称")
        parser.add_argument("short", metavar="简称")
        parser.add_argument("--kind", default="部门", metavar="类别", help="部门、街道等，默认为部门")

    def work(self, **options: Any) -> str:
        office = create_office(code=options["code"], name=options["name"], short=options["short"], kind=options["kind"], by=None)
        return f"已新增单位 {office.code} {office.name}（{office.kind}）。"
