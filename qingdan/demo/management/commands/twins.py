"""`qingdan twins`: two made-up districts, with and without one confidential complaint, compared as everybody who is not entitled (f1)."""

from __future__ import annotations

from typing import Any

from qingdan.demo.leaks.scratch import scratch
from qingdan.demo.leaks.twins import EXCEPT, compare
from qingdan.kernel.commands import ChineseCommand


class Command(ChineseCommand):
    help = "比较有、没有一件保密投诉的两个系统：无权知道的人看到的应当完全一样。退出码：0 一样，1 不一样"
    task = "比较"
    usage = "qingdan twins"

    def handle(self, *args: Any, **options: Any) -> None:
        with scratch():
            found = compare(say=self.stdout.write)
        for difference in found.differences:
            self.stdout.write(str(difference))
        for page, why in EXCEPT.items():
            self.stdout.write(f"不比较 {page}：{why}")
        self.stdout.write(f"比较了 {found.answers} 个答复，{len(found.differences)} 处不同。")
        raise SystemExit(1 if found.differences else 0)
