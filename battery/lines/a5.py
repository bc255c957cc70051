"""a5: the clock of the running machine jumps. While it is in doubt nothing is written; afterwards all is there, on the right days."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

from battery.line import NotRun, Run, line
from battery.model import Model, events, select
from battery.people import Browser, Page, typed
from battery.product import module, serving
from battery.sweeping import Sweeper
from battery.walking import CAUSE
from battery.world import code_of
from qingdan.kernel.clock import SHANGHAI

LIBRARY = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1")
JUMPS = (timedelta(days=40), timedelta(days=-400), timedelta(hours=1), timedelta(hours=-1))
BORDERS = ("2016-07-01T00:00", "2016-07-05T08:00", "2016-12-31T00:00", "2017-01-01T00:00", "2017-03-01T00:00", "2017-03-29T00:00")
ITEMS = 100
WAITING = 20  # cases, as many as may lapse in one night


@line("a5", "the clock of the running product jumps by 40 days, -400 days, ±1 h; midnight, UTC midnight, the ends of months, a year",
      least={"jumps": 4, "refused": 8, "sweeps_in_doubt": 8, "own_ticks_in_doubt": 1, "acts": 30, "lapses": 20, "borders": 6,
             "crossed": 3})  # fmt: skip
def clock_jumps(run: Run) -> None:
    library = next((path for path in LIBRARY if Path(path).exists()), None)
    if library is None:
        raise NotRun("libfaketime is not installed (as root on Debian: apt-get install faketime)")
    faked = Faked(run, library)
    module(run, "battery.world", "items", str(ITEMS), env={"BATTERY_CLOCK": "0"})
    module(run, "battery.world", "night", "2016-06-13", "1", str(WAITING), env={"BATTERY_CLOCK": "0"})
    faked.set(datetime(2016, 6, 13, 14, tzinfo=SHANGHAI))
    with serving(run, faked.environment) as product:
        scene = Scene(run, faked, product.port)
        for jump in JUMPS:
            scene.jump(jump)
        scene.truly_later(datetime(2016, 6, 21, 9, tzinfo=SHANGHAI))
        for border in BORDERS:
            scene.border(datetime.fromisoformat(border).replace(tzinfo=SHANGHAI))
        run.none("pages_broken", product.broken())
    times = [e.told["at"] for e in events(run)]
    run.none("times_decrease", [f"{a} → {b}" for a, b in pairwise(times) if b < a])
    wrong = [e for e in events(run) if not e.told["by_law"] and e.act != "month_began" and _day(e.told["at"]) != e.told["on"]]
    run.none("wrong_days", wrong)
    Model().check(run)


def _day(at: str) -> str:
    return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(SHANGHAI).date().isoformat()


class Faked:
    """The machine's clock as the product's processes see it; how long the machine has been running they see as it is."""

    def __init__(self, run: Run, library: str) -> None:
        self.file = Path(run.dir, "faketime")
        self.environment = {"BATTERY_CLOCK": "0", "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.file),
                            "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}  # fmt: skip
        self.offset = 0.0

    def set(self, moment: datetime) -> None:
        self.shift(moment.timestamp() - time.time() - self.offset)

    def shift(self, seconds: float) -> None:
        self.offset += seconds
        new = self.file.with_suffix(".new")
        new.write_text(f"{self.offset:+.3f}\n")
        new.replace(self.file)

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.offset, SHANGHAI)


class Scene:
    """What the people see, and what is swept, while the clock is right and while it is not."""

    def __init__(self, run: Run, faked: Faked, port: int) -> None:
        self.run, self.faked = run, faked
        self.clerk = Browser(port).log_in("cg_1")
        self.office = [Browser(port).log_in("zwb_1"), Browser(port).log_in("zwb_2")]
        self.sweeper = Sweeper(run, faked.environment).ready()
        self.item = WAITING
        self._sweep()
        self._done()

    def jump(self, by: timedelta) -> None:
        """Away and back: while it is away, nobody's act and no lapse is written; the doubt ends by itself."""
        self._done()
        before, page = len(list(events(self.run))), self._form()
        self.faked.shift(by.total_seconds())
        self.run.count("jumps")
        for _ in range(2):
            answer = self._send(*page)
            told = answer.status == 422 and "时钟可疑" in answer.text and page[1]["reason"] in answer.fields.get("reason", [])
            logged_out = answer.status == 302 and "/desk/login/" in answer.location  # a session of eight hours, weeks later
            nobody_yet = answer.status == 403 and by.days < -300  # then no post had begun
            self.run.count("refused")
            self.run.none("not_refused", [] if told or logged_out or nobody_yet else [f"{by}: {answer.status} {answer.location} {answer.text[:300]}"])
            self._sweep()
            self.run.count("sweeps_in_doubt")
        if by == JUMPS[0]:
            time.sleep(33)  # the product's own tick comes every thirty seconds
            self.run.count("own_ticks_in_doubt")
        self.run.none("written_in_doubt", list(events(self.run))[before:])
        self.faked.shift(-by.total_seconds())
        alive = self.office[0].patient(lambda: self.office[0].get("/desk/")).status == 200
        self.run.none("sessions_died", [] if alive else [f"after {by} and back who had not been there must log in again"])
        self._done()

    def truly_later(self, moment: datetime) -> None:
        """It is really that late: two persons say so, and the law's effects are written with their own dates."""
        self.faked.set(moment)
        self._sweep()
        self.run.none("written_in_doubt", [e for e in events(self.run) if e.told["by_law"]])
        self._confirm()
        self._sweep()
        found = [e for e in events(self.run) if e.told["by_law"] and e.act != "month_began"]
        self.run.count("lapses", len(found))
        self.run.none("wrong_legal_dates", [e for e in found if e.told["on"] != "2016-06-20"])

    def border(self, midnight: datetime) -> None:
        """One act after another from a moment before the day changes until a moment after."""
        self.faked.set(midnight - timedelta(seconds=25))
        self._confirm()
        self._sweep()
        forms = [self._form() for _ in range(6)]
        while self.faked.now() < midnight - timedelta(seconds=1.5):
            time.sleep(0.05)
        days = set()
        for form in forms:
            self._acknowledged(form)
            days.add(self.faked.now().date())
            time.sleep(0.3)
        self.run.count("borders")
        self.run.count("crossed", int(len(days) == 2))

    def _form(self) -> tuple[str, dict[str, list[str]]]:
        self.item = self.item + 1
        address = f"/adjustment/apply/?{urlencode({'list_kind': '权责', 'move': '变更', 'code': code_of(self.item)})}"
        text = f"意见 {self.run.random.getrandbits(48):012x}"
        return address, typed(self.clerk.form(address), reason=text, **CAUSE, f_phone=f"0371-6352{self.run.random.randrange(10000):04d}")

    def _send(self, address: str, fields: dict[str, list[str]]) -> Page:
        return self.clerk.patient(lambda: self.clerk.post(address, fields))

    def _done(self) -> None:
        self._acknowledged(self._form())

    def _acknowledged(self, form: tuple[str, dict[str, list[str]]]) -> None:
        answer = self._send(*form)
        self.run.count("acts")
        self.run.none("not_done", [] if answer.status == 302 and "/cases/" in answer.location else [f"{answer.status} {answer.text[:400]}"])

    def _sweep(self) -> None:
        self.sweeper.asked("sweep")

    def _confirm(self) -> None:
        for person in self.office:
            person.form("/desk/calendar/")
            token = person.cookies["csrftoken"]
            person.patient(lambda p=person, t=token: p.post("/desk/calendar/clock/", {"csrfmiddlewaretoken": t}))
        doubts = select(self.run, "SELECT doubt FROM ledger_clockmark")
        self.run.none("still_in_doubt", [doubt for (doubt,) in doubts if doubt])
