"""a4: the disk is full in the middle of the work, and then it is not. What was acknowledged stays, what was typed stays, reading goes on."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from battery.line import NotRun, Run, line
from battery.model import Model, Told, select
from battery.people import BUSY, Browser, typed
from battery.product import Product, module, serving
from battery.walking import RECEIPT
from qingdan.lists.schema import LISTS
from tests.kernel.files.samples import PNG

SPARE = 2 * 1024 * 1024
READ = ("/desk/", "/desk/cases/", "/", f"/list/{LISTS['权责'].slug}/")


@line("a4", "the disk is full during acts and uploads; then there is room again (a small file system of its own, as root)",
      least={"acks": 80, "refused": 40, "refused_uploads": 10, "read": 200, "recovered": 6})  # fmt: skip
def disk_full(run: Run) -> None:
    model, rounds = Model(), run.times(6)
    var = Path(run.dir, "small")
    var.mkdir()
    if os.getuid() or shutil.which("mount") is None or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", var]).returncode:
        raise NotRun("a file system of its own cannot be mounted (root only)")
    run.database.var = var
    try:
        module(run, "battery.world", "applied", str(12 * rounds))
        with serving(run) as product:
            Filling(run, product, model, var).rounds(rounds)
            run.none("pages_broken", product.broken())
        run.count("acks", len(model.acks))
        model.check(run)
    finally:
        subprocess.run(["umount", "-l", var], check=False)


class Filling:
    """The same few acts again and again: while there is room, while there is none, and when there is room again."""

    def __init__(self, run: Run, product: Product, model: Model, var: Path) -> None:
        self.run, self.model, self.var = run, model, var
        self.people = {code: Browser(product.port).log_in(f"{code}_1") for code in ("cg", "zwb", "bb", "fzb", "dzzw")}
        self.cases = [number for (number,) in select(run, "SELECT number FROM ledger_case WHERE title LIKE '变更%' ORDER BY id")]

    def rounds(self, n: int) -> None:
        for i in range(n):
            ready = self._forwarded(self.cases.pop(0))
            forms = [self._form("zwb", self.cases.pop(0), "return_once") for _ in range(8)]
            uploads = [self._form("dzzw", ready, "publish")]
            if i:  # once with what the database's log has reserved for itself, which lets some acts through; else without
                self._without_reserve()
            self._fill()
            self._read()
            refused = [form for form in forms if not self._send(*form)]
            refused_uploads = [form for form in uploads * 2 if not self._send(*form)]
            self.run.count("refused", len(refused))
            self.run.count("refused_uploads", len(refused_uploads))
            self._read()
            (self.var / "filler").unlink()
            again = [self._send(*form) for form in [*refused, *refused_uploads[:1]]]
            self.run.none("not_recovered", ["an act is refused though there is room again"] * again.count(False))
            self.run.count("recovered", int(all(again)))

    def _forwarded(self, number: str) -> str:
        for office, act in (("zwb", "refer"), ("bb", "agree"), ("fzb", "agree"), ("zwb", "approve"), ("cg", "confirm"), ("zwb", "forward")):
            if not self._send(*self._form(office, number, act)):
                self.run.fault(f"{act} refused while there is room")
        return number

    def _form(self, office: str, number: str, act: str) -> tuple[str, str, str, dict[str, Any]]:
        text = f"意见 {self.run.random.getrandbits(48):012x}"
        page = self.people[office].form(f"/adjustment/{number}/{act}/")
        return office, number, act, typed(page, opinion=text, **(RECEIPT if act == "publish" else {}))

    def _without_reserve(self) -> None:
        connection = sqlite3.connect(self.var / "qingdan.sqlite3", timeout=10)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def _fill(self) -> None:
        """Until not a byte is left; what the database has reserved for itself it may still use."""
        with open(self.var / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass

    def _read(self) -> None:
        for person in self.people.values():
            for path in READ:
                page = person.get(path)
                self.run.count("read")
                self.run.none("unreadable", [] if page.status == 200 else [f"{path}: {page.status} {page.text[:200]}"])

    def _send(self, office: str, number: str, act: str, fields: dict[str, Any]) -> bool:
        """Whether it was done; a refusal must say why in Chinese and keep what was typed."""
        data = PNG + str(fields["opinion"]).encode() + bytes(300_000)
        files = {"copy": ("页面.png", data)} if act == "publish" else {}
        page = self.people[office].post(f"/adjustment/{number}/{act}/", fields, files)
        if page.status == 302:
            sha = hashlib.sha256(data).hexdigest() if files else ""
            told = Told(number, act, fields["key"][0], fields["opinion"], sha)
            self.model.acks += [] if told in self.model.acks else [told]
            return True
        polite = page.status in BUSY or (page.status == 422 and "磁盘" in page.text)
        kept = fields["opinion"] in [v for values in page.fields.values() for v in values]
        wrong = [] if polite and kept and "请" in page.text else [f"{act}: {page.status} kept={kept} {page.text[:300]}"]
        self.run.none("badly_refused", wrong)
        return False
