"""`qingdan add-person USERNAME NAME --office CODE [--title 科长] [--rank head] [--password-stdin]`: an account and its post."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.offices.actions import appoint, create_person
from qingdan.kernel.offices.commands import office_by
from qingdan.kernel.offices.models import Post


class Command(ChineseCommand):
    help = "新增人员并任命职务；口令从标准输入读取第一行"
    task = "新增人员"
    usage = "qingdan add-person 用户名 姓名 --office 单位代码 [--title 职务] [--rank clerk|head] [--password-stdin]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="用户名")
        parser.add_argument("name", metavar="姓名")
        parser.add_argument("--office", required=True, metavar="单位代码")
        parser.add_argument("--title", default="经办人", metavar="职务")
        parser.add_argument("--rank", default=Post.CLERK, metavar="层级", help="clerk（经办人）或者 head（负责人）")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入的第一行读取口令；不写则暂不能登录")

    def work(self, **options: Any) -> str:
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else None
        office = office_by(f"不能新增人员“{options['name']}”", options["office"])
        with writing():
            person = create_person(
                username=options["username"], name=options["name"], password=password, must_change=password is not None, by=None
            )
            post = appoint(person=person, office=office, title=options["title"], rank=options["rank"], by=None)
        login = "第一次登录须修改密码。" if password else "尚未设置口令，暂不能登录。"
        return f"已新增人员 {person.username} {person.name}，{office.short}{post.title}（{post.get_rank_display()}）。{login}"
