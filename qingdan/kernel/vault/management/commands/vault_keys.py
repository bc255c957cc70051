"""`qingdan vault-keys new|rotate|check|retire ID`: the ring of keys of the vault."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from qingdan.engine.refusals import Refused
from qingdan.kernel.commands import ChineseCommand
from qingdan.kernel.vault import keys, rotating


class Command(ChineseCommand):
    help = "保密库的密钥：生成、轮换、检查、移除旧密钥"
    task = "办理保密库的密钥"
    usage = "qingdan vault-keys new|rotate|check|retire 密钥号"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("new", "rotate", "check", "retire"))
        parser.add_argument("key", nargs="?", default="")

    def work(self, **options: Any) -> str:
        return {"new": self._new, "rotate": self._rotate, "check": self._check, "retire": self._retire}[options["what"]](options["key"])

    def _new(self, _: str) -> str:
        made = keys.make()
        return f"已生成密钥 {made.current.id}：{keys.path()}。请把这个文件另存一份，与数据备份分开保管：丢失以后，密文谁也打不开。"

    def _rotate(self, _: str) -> str:
        key, done = rotating.rotate()
        after = "请更新另存的密钥文件；旧密钥一天以后可以用 retire 移除，移除后以前的备份里的密文不能再打开"
        return f"正在使用的密钥是 {key}，重新包裹了 {done} 项。{after}。"

    def _check(self, _: str) -> str:
        ring, used = keys.ring(), rotating.using()
        lines = [
            f"{key.id} {'正在使用' if key is ring.current else '旧'}，生成于 {key.made_at}，包裹 {used.pop(key.id, 0)} 项" for key in ring.keys
        ]
        if used:
            raise Refused("保密库不完整", f"{sum(used.values())} 项内容的密钥（{'、'.join(sorted(used))}）不在密钥文件里", "请取回含有这些密钥的文件")
        return "\n".join([*lines, *(f"注意：{why}。{todo}。" for _, why, todo in keys.faults())])

    def _retire(self, key: str) -> str:
        rotating.retire(key)
        return f"已移除密钥 {key}。"
