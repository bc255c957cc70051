"""`qingdan tick`: all that the passing of time asks (第八条). May be run at any moment, twice, or after a long silence."""

from __future__ import annotations

from typing import Any

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger.closing import sweep


class Command(ChineseCommand):
    help = "登记到期产生的视为效果（第八条）；运行中的系统自己会做"
    task = "登记到期的视为效果"
    usage = "qingdan tick"

    def work(self, **options: Any) -> str:
        return f"已登记 {sweep()} 项到期产生的效果。"
