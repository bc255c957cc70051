"""`qingdan receipt-key new|renew|show`: the key with which receipts are signed (T19)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.ledger import signing


class Command(ChineseCommand):
    help = "回执的签名密钥：生成、更换、列出公布过的公钥"
    task = "办理回执的签名密钥"
    usage = "qingdan receipt-key new|renew|show"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("new", "renew", "show"))

    def work(self, **options: Any) -> str:
        if options["what"] == "show":
            return "\n".join(signing.known()) or "还没有公布过公钥。"
        public = signing.make(renew=options["what"] == "renew")
        return f"公钥 {public}\n已记入台账并公布。私钥在 {signing.path()}：请另存一份，与数据备份分开保管；更换以后，以前的回执仍按以前的公钥核对。"
