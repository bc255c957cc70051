"""f3: one complaint lived twice, by 张三 and by 李四; the accused unit and others outside do the same things in both, and what they are told is kept.

What is drawn by lot is drawn alike (`alike`), so that of two lives nothing needs to be masked but salts, tokens and keys.
"""

from __future__ import annotations

import random
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import quote

from django.db import transaction
from django.test import Client

from qingdan.demo.leaks.crawling import heard, masked
from qingdan.demo.leaks.scratch import numbered_afresh
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.offices.models import Person
from qingdan.kernel.vault import interests, unlocking
from qingdan.kernel.vault.marking import names_identity
from qingdan.kernel.vault.models import Interest
from qingdan.measures.complaints import answerable, deciding, errands, hearing, investigating
from qingdan.measures.complaints.deciding import Duty
from qingdan.measures.complaints.models import Errand, Recusal

from .inquiry import LETTER, WORDS, Inquiry
from .reach import PAGES, addresses, letters_of, of_errands, reached, told

TWO = (
    {"name": "张三", "phone": "13812340001", "address": "花园路88号院3号楼", "email": "zhang3@mail.example", "id_tail": "123X", "unit": "甲字纺织厂"},
    {"name": "李四", "phone": "15998765432", "address": "文化路12号院9号楼", "email": "li-si4@mail.example", "id_tail": "987X", "unit": "乙字印刷厂"},
)
OUTSIDERS = ("cg_1", "cg_1", "cg_1", "hyl_1", "bb_1", "czj_1", "nobody")
SALTS = [(re.compile(r"[A-Za-z0-9+/=_-]{40,}"), "·"), (re.compile(r'("(?:salt|signature|head|commitment|key)": ")[^"]*'), r"\1·")]
STAGES = 5


@contextmanager
def alike(seed):
    """Numbers and codes are drawn in a row that is the same each time."""
    lot = random.Random(seed)
    with patch("qingdan.kernel.drawn.secrets", SimpleNamespace(choice=lot.choice, token_bytes=lot.randbytes)):
        yield


@dataclass
class Life:
    """One of the two: `steps` as they were drawn for both, `heard` what came of them."""

    room: object
    identity: dict[str, str]
    confidential: bool
    heard: list[str] = field(default_factory=list)
    stage: int = 0

    def begin(self):
        self.q = Inquiry(self.room, team=(), identity=self.identity, confidential=self.confidential)
        q = self.q
        for kind, value in (("phone", TWO[0]["phone"]), ("address", TWO[1]["address"])):  # one colleague knows the one, another the other
            interests.declare(kind, "relative", value, by=q.people["3" if kind == "phone" else "h2"], office=q.office)
        q.name("09-12", "1", "2", "3", "h2")
        for n in ("1", "2"):
            q.do("09-12", n, investigating.declare_no_interest)
        self.clients = {}
        self.now("09-13")

    def now(self, day):
        self.room.on(day)

    def client(self, who):
        """A browser in which nobody was before, where nobody is logged in."""
        if who == "nobody":
            return Client(REMOTE_ADDR="192.0.2.7")
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(Person.objects.get(username=who))
        return self.clients[who]

    def person(self, who):
        return Person.objects.get(username="hyl_1" if who == "nobody" else who)

    # what is done

    def step(self, who, kind, lot, n):
        self.heard.append(f"{who} {kind}: {said(getattr(self, kind)(who, random.Random(lot), n))}")

    def look(self, who, lot, n):
        return heard(self.client(who), lot.choice([*PAGES, *addresses(self.q.c), *of_errands(self.q.c)]))

    def send(self, who, lot, n):
        sent = {"words": f"请问是不是{lot.choice(TWO)['name']}反映的", "name": lot.choice(TWO)["name"], "reason": "了解情况", "body": "1", "errand": "1"}
        return heard(self.client(who), lot.choice([*addresses(self.q.c), *of_errands(self.q.c), *letters_of(self.q.c)]), "post", **sent)

    def search(self, who, lot, n):
        page = lot.choice(["/desk/cases/", "/desk/notices/", "/complaints/errands/", "/complaints/", "/complaints/register/", "/lists/", "/"])
        return heard(self.client(who), f"{page}?q={quote(lot.choice(list(lot.choice(TWO).values())))}")

    def declare(self, who, lot, n):
        kind = lot.choice([Interest.PHONE, Interest.ADDRESS, Interest.ID_TAIL])
        value, person = lot.choice(TWO)[kind], self.person(who)
        office = person.posts.first().office
        return asked(lambda: interests.declare(kind, "own", value, by=person, office=office))

    def ask(self, who, lot, n):
        person = self.person(who)
        return asked(lambda: unlocking.ask(self.q.c.reference, "当面核实", by=person, office=person.posts.first().office))

    def check(self, who, lot, n):
        """May they ask the vault whether it is this one? No."""
        person = self.person(who)
        text = lot.choice(TWO)["name"] + "反映的"
        return asked(lambda: names_identity(self.q.c.identity, text, by=person, office=person.posts.first().office))

    def guess(self, who, lot, n):
        code = "".join(lot.choice("0123456789ABCDEF") for _ in range(16))
        return heard(self.client("nobody"), "/write/status/", "post", reference=self.q.c.reference, code=code)

    def complain(self, who, lot, n):
        """Of the same thing, under the name of the one or the other: is it said to be a repeat?"""
        one = lot.choice(TWO)
        sent = {"token": f"{lot.getrandbits(128):032x}", "grounds": ["7"], "text": "窗口三号收了二百元", "respondent_kind": "staff", "to": "auto",
                "respondent_office": self.room.office("cg").pk, "confidential": "on", "honest": "on", **one, "id_kind": "id"}  # fmt: skip
        return heard(self.client("nobody"), "/write/", "post", **sent)

    def report(self, who, lot, n):
        """The unit answers, on its pages, with a guess in its words."""
        sent = Errand.rows.filter(complaint=self.q.c, office__code="cg", case__isnull=False).select_related("case").order_by("-pk").first()
        if sent is None:
            return "nothing was sent"
        act = errands.ERRANDS[sent.kind].report if lot.random() < 0.7 else "give_reason"
        where = f"/complaints/errands/{quote(sent.case.number)}/do/{act}/"
        return heard(self.client("cg_1"), where, "post", words=f"应该是{lot.choice(TWO)['name']}反映的，已经查明")

    def night(self, who, lot, n):
        day = clock.today() + timedelta(days=lot.choice([1, 1, 3]))
        clock.set_fixed(datetime(day.year, day.month, day.day, 9))
        sweep()
        write_letters()
        return [said(told(self.person(code))) for code in ("cg_1", "hyl_1")]

    def calendar(self, who, lot, n):
        return heard(self.client("nobody"), f"/feeds/{self.room.feeds[lot.choice(['cg', 'hyl'])]}.ics")

    def go_on(self, who, lot, n):
        """The body does its next step, the same in both lives; what is found about an interest is its own affair."""
        if self.stage < STAGES:
            self.stage += 1
            getattr(self, f"_{self.stage}")()
        return "went on"

    # what the body does

    def _do(self, n, action, *args, **kw):
        return action(self.q.case, *args, **self.q.who(n), **kw)

    def _1(self):
        for side in ("complainant", "respondent"):
            self._do("1", hearing.hear, side, "陈述在此", "talk", clock.today())
        self._send("materials", "cg")
        self._send("handover", "hyl")
        if not self.confidential:
            self._send("handover", "cg")

    def _send(self, kind, unit):
        self._do("1", errands.draft, kind, self.room.office(unit), LETTER, clock.today() + timedelta(days=4))
        letter = Errand.rows.filter(complaint=self.q.c).latest("pk")
        self._do("2", errands.approve, letter)

    def _2(self):
        out = [r.person for r in Recusal.objects.filter(case=self.q.case, outcome="").select_related("person")]
        if out:
            self._do("h", investigating.decide_recusal, out, "collective", "有直接利害关系")

    def _3(self):
        for errand in self._sent():
            open_rows = set(errand.case.obligations.filter(how="").values_list("row", flat=True))
            if open_rows & {"O8", "M12r"}:
                errands.accept(errand, **self.q.who("1"))
            elif open_rows & {"D17", "M12"}:
                errands.end(errand, "改由本机关自己调查", **self.q.who("1"))

    def _4(self):
        self._2()
        self._3()
        self._do("1", deciding.draft_decision, "true", dict(WORDS), [Duty(self.room.office("cg"), "退还超收的费用", clock.today() + timedelta(days=2))])
        self._do("h", deciding.decide)

    def _5(self):
        self._do("1", deciding.tell_result, "query", "您反映的问题属实")
        for errand in self._sent():
            late = errand.case.obligations.filter(row="D21", how="", due__lt=clock.today()).exists()
            if late:
                answerable.ask_reason(errand, **self.q.who("1"))

    def _sent(self):
        found = Errand.rows.filter(complaint=self.q.c, case__isnull=False)
        return list(found.select_related("case", "complaint__case", "complaint__handler", "office").order_by("pk"))

    def end(self):
        """Everything that reaches the accused unit and another one in the end."""
        words = [v for one in TWO for v in one.values()]
        for code in ("cg", "hyl"):
            person = self.person(f"{code}_1")
            for where, answer in reached(self.client(f"{code}_1"), person, self.q.c, self.room.feeds[code], words[:4]).items():
                self.heard.append(f"{code} {masked(where)}: {said(answer)}")
            self.heard.append(said(told(person)))


def asked(do):
    """The words of the refusal, or that there was none."""
    try:
        return f"done {do()}"
    except Refused as refused:
        return str(refused)


def said(answer):
    """One answer as it is compared."""
    text = masked(repr(answer.told) if hasattr(answer, "told") else repr(answer))
    for pattern, instead in SALTS:
        text = pattern.sub(instead, text)
    return text


KINDS = ("look", "look", "send", "search", "declare", "ask", "check", "guess", "complain", "report", "night", "calendar", "go_on", "go_on")


def drawn(seed):
    """Up to thirty steps, and whether secrecy was asked for."""
    lot = random.Random(seed)
    steps = [(lot.choice(OUTSIDERS), lot.choice(KINDS), lot.getrandbits(32)) for _ in range(lot.randint(12, 30))]
    return steps, lot.random() < 0.5


def lived(room, identity, seed):
    """What they were told in one life; nothing of it stays."""
    steps, confidential = drawn(seed)
    try:
        with transaction.atomic(), alike(seed):
            numbered_afresh()
            life = Life(room, identity, confidential)
            life.begin()
            for n, (who, kind, lot) in enumerate(steps):
                life.step(who, kind, lot, n)
            life.end()
            transaction.set_rollback(True)
    finally:
        clock.set_fixed(None)
    return life.heard


def differences(one, other):
    found = [f"{a[:3000]}\n    {b[:3000]}" for a, b in zip(one, other, strict=False) if a != b]
    return found + ([f"{len(one)} answers and {len(other)}"] if len(one) != len(other) else [])


__all__ = ["TWO", "differences", "lived"]
