"""a7, the other half: 法制办 answers at midnight while the law answers for it. In each case one of the two decided, and the other says so."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from battery.line import BOTH, Run, line
from battery.model import Lying, Model, Told, events
from battery.people import Browser, typed
from battery.product import module, serving
from battery.sweeping import Sweeper
from battery.world import MOMENT
from qingdan.kernel.calendar import shipped

CASES = 20  # a night; more at once wait for two persons
BEFORE, AFTER = 2, 4  # seconds around midnight


@line("a7b", "an opinion against the lapse at midnight, two sweepers running, in each case one decides", engines=BOTH,
      least={"rounds": 200, "by_people": 20, "by_law": 20, "nights": 10})  # fmt: skip
def midnights(run: Run) -> None:
    model, nights = Model(), run.times(10)
    module(run, "battery.world", "items", str(nights * CASES))
    waiting: dict[date, list[str]] = {}
    sweepers = [Sweeper(run).ready() for _ in range(2)]
    with serving(run) as product:
        people = [Browser(product.port).log_in(f"fzb_{i}") for i in (1, 2)]
        day = date(2016, 6, 13)
        for i in range(nights):
            module(run, "battery.world", "night", day.isoformat(), str(1 + i * CASES), str(CASES))
            due = shipped().add(day, 5)
            waiting[due] = [str(e.case) for e in events(run) if e.act == "refer" and e.told["on"] == day.isoformat()]
            _night(run, model, people, sweepers, due, waiting[due])
            day = shipped().add(due, 1)
        run.none("pages_broken", product.broken())
    for sweeper in sweepers:
        code, said = sweeper.end()
        run.none("sweepers_broken", [] if code == 0 else [said[-600:]])
    acts: dict[str, list[Lying]] = {}
    for e in events(run):
        acts.setdefault(str(e.case), []).append(e)
    for due, cases in waiting.items():
        for number in cases:
            _judge(run, number, due, [e for e in acts[number] if e.act == "agree" or e.told["by_law"]])
    model.check(run)


def _night(run: Run, model: Model, people: list[Browser], sweepers: list[Sweeper], due: date, cases: list[str]) -> None:
    midnight = datetime.combine(due + timedelta(days=1), datetime.min.time(), datetime.fromisoformat(MOMENT).tzinfo)
    for person in people:  # a night at the product's clock may have ended what the machine's clock did not
        person.form("/desk/")
    _set_clock(run, midnight - timedelta(seconds=20))
    forms = [(people[i % 2], f"/adjustment/{number}/agree/", number) for i, number in enumerate(cases)]
    sent = [(p, a, number, typed(p.form(a), opinion=f"意见 {run.random.getrandbits(48):012x}")) for p, a, number in forms]
    began = _set_clock(run, midnight - timedelta(seconds=BEFORE))
    for sweeper in sweepers:
        sweeper.tell(f"until {(midnight + timedelta(seconds=AFTER)).isoformat()}")
    threads = [threading.Thread(target=_answer, args=(run, model, began, one)) for one in (sent[0::2], sent[1::2])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(max(0.0, began + BEFORE + AFTER + 1 - time.time()))
    run.count("nights")


def _answer(run: Run, model: Model, began: float, sent: list[tuple[Browser, str, str, dict[str, list[str]]]]) -> None:
    """One clerk, one case after another, spread over the moments around midnight."""
    for i, (person, address, number, fields) in enumerate(sent):
        time.sleep(max(0.0, began + BEFORE - 1 + i * 2 / len(sent) - time.time()))
        answer = person.patient(lambda p=person, a=address, f=fields: p.post(a, f))
        run.count("rounds")
        if answer.status == 302:
            model.acks.append(Told(number, "agree", fields["key"][0], str(fields["opinion"])))
        elif answer.status != 422 or fields["opinion"] not in answer.fields.get("opinion", []):
            run.none("badly_refused", [f"{number}: {answer.status} {answer.text[:300]}"])


def _set_clock(run: Run, moment: datetime) -> float:
    """The product's clock shows this moment at the returned moment of the machine's, to the second."""
    now = time.time()
    offset = int(moment.timestamp() - now)
    place = Path(run.dir, "clock")
    (place.parent / "clock.new").write_text(str(offset))
    (place.parent / "clock.new").replace(place)
    return moment.timestamp() - offset


def _judge(run: Run, number: str, due: date, found: list[Lying]) -> None:
    """Either a person on the due day and no lapse, or the law once, and after it perhaps the late opinion."""
    by_law = [e for e in found if e.told["by_law"]]
    in_time = [e for e in found if not e.told["by_law"] and e.told["on"] <= due.isoformat()]
    run.count("by_people", len(in_time))
    run.count("by_law", len(by_law))
    late = [e for e in found if e not in by_law and e not in in_time]
    once = len(by_law) + len(in_time) == 1 and len(late) <= len(by_law) and (not late or found.index(late[0]) > found.index(by_law[0]))
    run.none("not_one_decided", [] if once else [f"{number}: {[(e.n, e.told['on'], e.told['by_law']) for e in found]}"])
