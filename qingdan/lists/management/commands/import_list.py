"""`qingdan import-list FILE --list 审批 [--plan|--commit] [--leave-out-refused] [--as USERNAME] [--json]`."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for
from qingdan.lists import schema
from qingdan.lists.importing import committing, planning, reading
from qingdan.lists.importing.planning import Plan
from qingdan.lists.importing.tables import Unreadable

SHOWN = 40
USAGE = "用法：qingdan import-list 文件 --list 审批 [--plan|--commit] [--leave-out-refused] [--as 用户名] [--json]。"


class Command(BaseCommand):
    help = "导入清单：--plan 只预览（默认），--commit 按预览入库为一个奠基案件"
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)
        parser.error = self._refuse_arguments  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="文件")
        parser.add_argument("--list", dest="kind", required=True, metavar="清单", help="、".join(schema.LISTS))
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--plan", action="store_true", help="只预览，不写入（默认）")
        what.add_argument("--commit", action="store_true", help="入库")
        parser.add_argument("--leave-out-refused", action="store_true", help="已核对：被拒绝的行不导入")
        parser.add_argument("--as", dest="username", metavar="用户名", help="以谁的名义；不写的，记为系统管理员在本机办理")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json = options["json"]
        try:
            kind = self._kind(options["kind"])
            table = reading.read_path(options["file"])
            found = committing.plan(kind, table)
            answer = told(found)
            if options["commit"]:
                office, person = committing.government_office(), self._person(options["username"])
                answer |= self._commit(found, table, person, office, options["leave_out_refused"])
        except (Unreadable, Refused) as refused:
            self._exit(refused.what, refused.why, refused.todo)
        except DatabaseError as error:
            self._exit("读不了数据库", f"数据库还没有建立，或者不是本版本的（{error}）", "请先运行 ./run demo，或者 qingdan migrate")
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if self.as_json else text(found, answer))

    def _commit(self, found: Plan, table: Any, person: Person | None, office: Office, leave_out: bool) -> dict[str, Any]:
        if not found.written and not found.refused and found.rows:
            return {"committed": False, "case": None}  # the list already says what the file says
        done = committing.commit(found.kind, table, found.digest, by=person, office=office, leave_out=leave_out)
        return {"committed": True, "case": done.case.number}

    def _kind(self, said: str) -> str:
        for kind in schema.LISTS.values():
            if said in (kind.key, kind.name, kind.slug):
                return kind.key
        raise Refused(f"没有“{said}”这张清单", "五单是" + "、".join(k.name for k in schema.LISTS.values()), "请用 --list " + "|".join(schema.LISTS))

    def _person(self, username: str | None) -> Person | None:
        if not username:
            return None
        person: Person | None = Person.objects.filter(username=username).first()
        if person is None:
            raise Refused("不能导入", f"没有用户“{username}”", "请核对用户名")
        if not may_act_for(person, committing.government_office(), clock.today()):
            raise Refused("不能导入", f"{person.name}今天在政务办没有任职，清单由政务办审定公布（第二条）", "请换政务办的用户")
        return person

    def _refuse_arguments(self, message: str) -> NoReturn:
        self.as_json = False
        self._exit("没有导入", f"参数不对（{message}）", USAGE.rstrip("。"))

    def _exit(self, what: str, why: str, todo: str) -> NoReturn:
        """Refusals go to standard error; with --json also as the one object on standard output."""
        if self.as_json:
            self.stdout.write(json.dumps({"refused": {"what": what, "why": why, "todo": todo}}, ensure_ascii=False))
        self.stderr.write(f"{what}：{why}。{todo}。")
        raise SystemExit(1)


def told(found: Plan) -> dict[str, Any]:
    """The plan as plain values."""
    return {
        "list": found.kind, "file": found.file, "form": found.form, "sha256": found.sha256, "digest": found.digest,
        "counts": found.counts, "warned": found.warned, "incomplete": found.incomplete, "untouched": found.untouched,
        "new_offices": [name for name, _ in found.new_offices], "notes": list(found.notes),
        "rows": [
            {
                "line": row.line, "result": row.result, "code": row.code, "name": row.name, "office": row.office, "version": row.number,
                "reasons": list(row.reasons), "warnings": list(row.warnings), "lacking": list(row.lacking),
                "changes": [{"field": f, "before": a, "after": b} for f, a, b in planning.changes(found.kind, row)]
                if row.result in (planning.CREATE, planning.CHANGE) else [],
            }
            for row in found.rows
        ],
    }  # fmt: skip


def text(found: Plan, answer: dict[str, Any]) -> str:
    """For people: the sums, what is refused, what is warned of, and what was done."""
    count = found.counts
    lines = [
        f"{schema.LISTS[found.kind].name} ← {found.file}（{found.form}，{len(found.rows)} 行）",
        "，".join(f"{planning.RESULTS[result]} {n}" for result, n in count.items()) + f"；待补全 {found.incomplete}，有提醒 {found.warned}",
        *found.notes,
    ]
    if found.new_offices:
        lines.append(f"新单位 {len(found.new_offices)} 个：" + "、".join(name for name, _ in found.new_offices))
    lines += _some("拒绝", [f"第 {row.line} 行 {row.name or row.code}：{'；'.join(row.reasons)}" for row in found.refused])
    lines += _some("提醒", [f"第 {row.line} 行：{warning}" for row in found.rows for warning in row.warnings])
    if "committed" not in answer:
        lines.append("以上是预览，没有写入；入库请加 --commit。")
    elif answer["committed"]:
        lines.append(f"已入库，奠基案件 {answer['case']}。")
    else:
        lines.append("清单已与文件一致，没有写入。")
    return "\n".join(lines)


def _some(title: str, told: list[str]) -> list[str]:
    more = [f"  …… 另有 {len(told) - SHOWN} 条，用 --json 查看全部"] if len(told) > SHOWN else []
    return [f"{title} {len(told)} 条：", *(f"  {line}" for line in told[:SHOWN]), *more] if told else []
