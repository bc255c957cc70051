"""`qingdan add-keeper USERNAME NAME --duty system|security|audit --password-stdin`: the first of the 三员; later ones are granted by two persons."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser

from qingdan.engine.refusals import Refused
from qingdan.kernel.accounts.actions import DUTIES
from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.offices.actions import create_person
from qingdan.kernel.offices.models import Account

ENOUGH = {Account.SYSTEM: 1, Account.SECURITY: 3, Account.AUDIT: 1}  # one of three 安全管理员 can be reset by the other two


class Command(ChineseCommand):
    help = "新增首任三员；口令从标准输入读取第一行，第一次登录须修改"
    task = "新增三员"
    usage = "qingdan add-keeper 用户名 姓名 --duty system|security|audit --password-stdin"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="用户名")
        parser.add_argument("name", metavar="姓名")
        parser.add_argument("--duty", required=True, choices=sorted(DUTIES), metavar="三员", help="system、security 或者 audit")
        parser.add_argument("--password-stdin", action="store_true", required=True, help="从标准输入的第一行读取口令")

    def work(self, **options: Any) -> str:
        duty, what = options["duty"], f"不能新增{DUTIES[options['duty']]}“{options['name']}”"
        with writing():
            if Account.objects.filter(duty=duty, person__active=True).count() >= ENOUGH[duty]:
                raise Refused(what, f"{DUTIES[duty]}已有 {ENOUGH[duty]} 人", "请在系统中由两名安全管理员授予")
            password = sys.stdin.readline().rstrip("\r\n")
            person = create_person(username=options["username"], name=options["name"], password=password, by=None)
            note("first_keeper", by=None, rows=[Account(person=person, duty=duty, must_change=True)], facts={"person": person.username, "duty": duty})
        return f"已新增{DUTIES[duty]} {person.username} {person.name}。第一次登录须修改密码。"
