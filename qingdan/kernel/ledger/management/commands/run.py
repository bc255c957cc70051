"""`qingdan run [--host 127.0.0.1] [--port 8000]`: serves the product and, beside it, does what the passing of time asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import CommandParser

from qingdan.engine.refusals import Refused
from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger.runner import serve


class Command(ChineseCommand):
    help = "运行系统：提供网页，并每 30 秒登记一次到期的效果；按 Ctrl+C 结束"
    task = "运行系统"
    usage = "qingdan run [--host 127.0.0.1] [--port 8000]"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", metavar="地址")
        parser.add_argument("--port", type=int, default=8000, metavar="端口")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if settings.ENSURE_SAFE:
            self._ensure_safe()
        try:
            code = serve(host, port, ready=lambda: self.stdout.write(f"系统运行在 http://{host}:{port} ，按 Ctrl+C 结束。"))
        except Refused as refused:
            self.refuse(str(refused))
        raise SystemExit(code)

    def _ensure_safe(self) -> None:
        """h3, a3b: an installation that could lose or leak something is not served. See `ENSURE_SAFE`."""
        faults = [str(message.msg) for message in run_checks(tags=["qingdan"], include_deployment_checks=True)]
        if faults:
            self.refuse("不能运行系统：设置不安全。\n" + "\n".join(faults))
