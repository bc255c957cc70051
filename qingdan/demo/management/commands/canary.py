"""`qingdan canary`: a made-up complaint with thirty markers; where do they come to lie? (f2, f5, f7)"""

from __future__ import annotations

from typing import Any

from qingdan.demo.leaks.canary import look
from qingdan.demo.leaks.markers import MARKERS
from qingdan.demo.leaks.scratch import scratch
from qingdan.kernel.commands import ChineseCommand


class Command(ChineseCommand):
    help = "在一件虚构的投诉里放三十个标记，查看页面、表格、文书、日历、邮件、日志、出错信息、数据库、文件中有没有。退出码：0 没有，1 有"
    task = "查找标记"
    usage = "qingdan canary"

    def handle(self, *args: Any, **options: Any) -> None:
        with scratch():
            found = look(say=self.stdout.write)
        for where, hits in found.leaks.items():
            self.stdout.write(f"{where}：{'、'.join(sorted(hits))}")
        alive = found.seen >= set(MARKERS)
        failed = f"{len(found.faults)} 页在出错时也看过"
        self.stdout.write(f"看了 {found.places} 处，{len(found.leaks)} 处有标记；有权的人看到 {len(found.seen)} 个标记；{failed}。")
        raise SystemExit(0 if not found.leaks and alive and found.faults else 1)
