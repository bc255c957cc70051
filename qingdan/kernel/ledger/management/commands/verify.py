"""`qingdan verify [--json] [--head SEQ:HASH ...]`: does every row still say what the ledger says? Exit 1 and the first fault where it does not."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from qingdan.engine.refusals import Refused
from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger.heads import read_published
from qingdan.kernel.ledger.verify import Report, verify


class Command(ChineseCommand):
    help = "核对台账：事件链、每一行业务数据、每一项期限；不一致的，指出第一处所在的表和行，退出码 1"
    task = "核对台账"
    usage = "qingdan verify [--json] [--head 号:链首 …]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
        parser.add_argument("--head", action="append", default=[], help="公布过的链首，写作 号:链首，可多次")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            published = read_published(options["head"])
        except Refused as refused:
            self.refuse(str(refused))
        report = verify(published)
        self.stdout.write(json.dumps(asdict(report), ensure_ascii=False) if options["json"] else tell(report))
        if report.fault:
            raise SystemExit(1)


def tell(report: Report) -> str:
    """For people: what was looked at, then 一致 or the first fault."""
    looked = f"事件 {report.events} 件，业务数据 {report.rows} 行，案件 {report.cases} 件\n链首 {report.head or '（台账为空）'}"
    return f"{looked}\n" + (f"不一致：{report.fault}" if report.fault else "一致")
