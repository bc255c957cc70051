"""Cases lived over HTTP from 申请 to 备案 by the offices whose part it is; every answer that says “done” is taken down in the model."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from tests.kernel.files.samples import PNG

from .model import Model, Told
from .people import Browser, typed
from .world import code_of

CAUSE = {"ground": "第五条（二）", "cause": "条例修改", "cause_day": "2016-06-01", "evidence": "条例第十条", "contact": "甲 0371-63526000"}
RECEIPT = {"receipt": "金电政回〔2016〕1号", "receipt_day": "2016-06-07", "url": "http://zwfw.example/item"}
PATHS = (
    "cg:apply zwb:refer bb:agree fzb:agree zwb:approve cg:confirm zwb:forward dzzw:publish cg:update_own_site",
    "cg:apply zwb:return_once cg:reapply zwb:refer fzb:disagree bb:disagree zwb:refuse cg:accept_refusal",
    "cg:apply zwb:refer fzb:agree_amended bb:agree zwb:refer_to_meeting zwb:settle_by_meeting zwb:approve cg:object cg:request_review",
    "cg:apply zwb:refer bb:announce_joint zwb:convene_joint fzb:sign_joint zwb:issue_joint_opinion zwb:approve cg:object cg:drop_objection",
    "cg:apply cg:withdraw",
)
FILES = {"publish": "copy", "update_own_site": "photo"}
WRITES = {"apply": ["cause_arose", "apply"]}


class Refusal(Exception):
    """The product would not do what was lawful: a fault."""


@dataclass
class Walker:
    """One client of the load: a browser for each office, a case after another."""

    port: int
    random: Random
    model: Model
    duplicates: float = 0.1
    sent_again: int = 0
    differing: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browsers: dict[str, Browser] = {}

    def browser(self, office: str) -> Browser:
        if office not in self.browsers:
            self.browsers[office] = Browser(self.port).log_in(f"{office}_1")
        return self.browsers[office]

    def live(self, item: int, until: Any = None) -> None:
        """One whole case about this item."""
        number, script = "", []
        for step in self.random.choice(PATHS).split():
            if until is not None and until():
                break
            office, act = step.split(":")
            address = self._address(number, act, item)
            number, wrote = self.do(office, address, act)
            script += WRITES.get(act, [wrote])
            self.model.scripts[number] = list(script)

    def _address(self, number: str, act: str, item: int) -> str:
        if act == "apply":
            return f"/adjustment/apply/?{urlencode({'list_kind': '权责', 'move': '变更', 'code': code_of(item)})}"
        return f"/adjustment/{number}/{act}/"

    def do(self, office: str, address: str, act: str) -> tuple[str, str]:
        """One act with a text of its own, sent until it is acknowledged; returns the case's number and the act's name in the ledger."""
        browser, text = self.browser(office), f"意见 {self.random.getrandbits(48):012x}"
        page = browser.form(address)
        if page.status != 200:
            raise Refusal(f"{act} at {address}: {page.status} {page.text[:300]}")
        fields, files, sha = self._filled(page, act, text)
        done = browser.patient(lambda: browser.post(address, fields, files))
        if done.status == 302 and "/desk/login/" in done.location:
            browser.log_in(browser.username)
            fields["csrfmiddlewaretoken"] = browser.form(address).value("csrfmiddlewaretoken")
            done = browser.patient(lambda: browser.post(address, fields, files))
        if done.status != 302 or "/desk/cases/" not in done.location:
            raise Refusal(f"{act} at {address}: {done.status} {done.location} {done.text[:600]}")
        number = done.location.rstrip("/").rsplit("/", 1)[1]
        if self.random.random() < self.duplicates:
            self.sent_again += 1
            again = browser.patient(lambda: browser.post(address, fields, files))
            if (again.status, again.location) != (302, done.location):
                self.differing.append(f"{act} sent again at {address}: {again.status} {again.location} {again.text[:300]}")
        wrote = "update_own_site" if act == "update_own_site" else act
        self.model.acks.append(Told(number, wrote, fields["key"][0], text, sha))
        return number, wrote

    def _filled(self, page: Any, act: str, text: str) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]], str]:
        if act in ("apply", "reapply"):
            words = {"reason": text, "f_phone": f"0371-6352{self.random.randrange(10000):04d}"} | (CAUSE if act == "apply" else {})
        else:
            words = {"opinion": text} | (RECEIPT if act == "publish" else {})
        files, sha = {}, ""
        if act in FILES:
            data = PNG + text.encode()
            files, sha = {FILES[act]: ("页面.png", data)}, hashlib.sha256(data).hexdigest()
        return typed(page, **words), files, sha
