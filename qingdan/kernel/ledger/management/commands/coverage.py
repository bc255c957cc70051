"""`qingdan coverage [--json] [--measure 调]`: every article with its rows, code and tests, or why none; fails on an orphan."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.commands import ChineseCommand
from qingdan.statute import citing
from qingdan.statute.coverage import COVERED, NOT_BUILT, NOT_NEEDED, PARTLY, Line, Report, by_calendar, survey
from qingdan.statute.gists import ALL
from qingdan.statute.laws import EDITIONS, READINGS
from qingdan.statute.terms import Opens

ROOT = Path(citing.__file__).resolve().parents[2]


class Command(ChineseCommand):
    help = "列出五个办法全部71条：由哪些规则、代码和测试覆盖，或者为什么不需要，或者尚未建成；有无着落的条款或引用即失败"
    task = "列出条款的覆盖情况"
    usage = "qingdan coverage [--json] [--measure 调]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
        parser.add_argument("--measure", choices=list(ALL), help="只列出一个办法")
        parser.add_argument("--root", type=Path, default=ROOT, help="源代码所在的目录")

    def handle(self, *args: Any, **options: Any) -> None:
        report = look(options["root"])
        measures = [options["measure"]] if options["measure"] else list(ALL)
        self.stdout.write(as_json(report, measures) if options["json"] else as_text(report, measures))
        if report.orphans:
            for orphan in report.orphans:
                self.stderr.write(f"无着落：{orphan}")
            self.stderr.write("请补上规则、代码、测试或者理由，或者改正引用的条款，再运行一次。")
            raise SystemExit(1)


def look(root: Path) -> Report:
    """Survey the tree at `root`; where the tests are not shipped, they are left out of the question."""
    tests = citing.cited_by_tests(root) if (root / "tests").is_dir() else None
    return survey(ALL, EDITIONS, READINGS, citing.cited_by_code(root), tests, built_acts(root))


def built_acts(root: Path) -> set[str]:
    """The acts that something does: those of the rooms' registers, and openings that the code names."""
    built: set[str] = set()
    for room in citing.ROOMS:
        if not (root / "qingdan" / "measures" / room / "acting.py").exists():
            continue
        acting = importlib.import_module(f"qingdan.measures.{room}.acting")
        for register in ("DOINGS", "FULL_FORMS", "ALIASES", "OWN_PAGES"):
            built |= set(getattr(acting, register, ()))
    named = citing.strings_of_code(root)
    for editions in EDITIONS.values():
        opening = {act for row in editions[-1].rows if isinstance(row, Opens) for act in row.acts}
        built |= (opening | by_calendar(editions[-1])) & named
    return built


def as_text(report: Report, measures: list[str]) -> str:
    out = []
    for code in measures:
        out.append(f"{ALL[code].TITLE}（{code}）")
        out += [_told(line) for line in report.of(code)]
        out += [_sum(report, code), ""]
    return "\n".join(out).rstrip()


def _told(line: Line) -> str:
    parts = [("规则", line.rows), ("读法", line.readings), ("代码", _short(line.code)), ("测试", _short(line.tests))]
    told = [f"{name} {'、'.join(values)}" for name, values in parts if values]
    if line.gist.needs and line.state == NOT_NEEDED:
        told.insert(0, line.gist.needs)
    elif line.waiting:
        told.append("尚未建成：" + "、".join(line.waiting))
    return f"  {line.gist.number}　{line.gist.title}　【{line.state}】" + "；".join(told)


def _short(paths: list[str]) -> list[str]:
    return [path.removeprefix("qingdan/").removeprefix("tests/") for path in paths]


def _sum(report: Report, code: str) -> str:
    n = report.counts(code)
    told = "，".join(f"{state} {count} 条" for state, count in n.items() if count or state in (COVERED, PARTLY, NOT_NEEDED, NOT_BUILT))
    return f"{code} 共 {len(report.of(code))} 条：{told}"


def as_json(report: Report, measures: list[str]) -> str:
    articles = [
        {
            "measure": line.measure, "article": line.gist.number, "title": line.gist.title, "state": line.state, "rows": line.rows,
            "readings": line.readings, "code": line.code, "tests": line.tests, "not_built": line.waiting, "why_none": line.gist.needs,
        }
        for code in measures for line in report.of(code)
    ]  # fmt: skip
    sums = {code: {"articles": len(report.of(code)), **report.counts(code)} for code in measures}
    return json.dumps({"measures": sums, "articles": articles, "orphans": report.orphans}, ensure_ascii=False, indent=1)
