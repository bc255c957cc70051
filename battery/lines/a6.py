"""a6: a form sent five times at once, once more after “back”, and from a second tab: one act, and the same answer to all who sent the same form."""

from __future__ import annotations

from random import Random

from battery.line import BOTH, Run, line
from battery.meeting import together
from battery.model import Model, Told
from battery.people import Browser
from battery.product import module, serving
from battery.walking import PATHS, WRITES, Walker

AT_ONCE = 5


@line("a6", "one form sent five times at once, again after “back”, and the same act from a second tab",
      engines=BOTH, least={"forms": 120, "sent": 720, "second_tabs": 90})  # fmt: skip
def double_submit(run: Run) -> None:
    model, cases = Model(), run.times(18)
    module(run, "battery.world", "items", str(cases))
    with serving(run) as product:
        walker = Impatient(product.port, Random(run.seed), model, run=run)
        for item in range(1, cases + 1):
            walker.live_along(PATHS[(item - 1) % (len(PATHS) - 1)], item)
        run.none("pages_broken", product.broken())
    model.check(run)


class Impatient(Walker):
    """Sends everything five times at once; the second tab was opened before."""

    def __init__(self, *args: object, run: Run) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.run = run

    def live_along(self, path: str, item: int) -> None:
        number, script = "", []
        for step in path.split():
            office, act = step.split(":")
            number = self._send(self.browser(office), self._address(number, act, item), act)
            script += WRITES.get(act, [act])
            self.model.scripts[number] = list(script)

    def _send(self, browser: Browser, address: str, act: str) -> str:
        text = f"意见 {self.random.getrandbits(48):012x}"
        page, tab = browser.form(address), browser.form(address)
        fields, files, sha = self._filled(page, act, text)
        tabs = [browser.copy() for _ in range(AT_ONCE)]
        answers = list(together(*[lambda b=b: b.patient(lambda: b.post(address, fields, files)) for b in tabs]))
        answers.append(browser.patient(lambda: browser.post(address, fields, files)))
        self.run.count("forms")
        self.run.count("sent", len(answers))
        told = {(a.status, a.location) if hasattr(a, "status") else (repr(a), "") for a in answers}
        self.run.none("differing_answers", [f"{act}: {sorted(map(str, told))}"] if len(told) != 1 or next(iter(told))[0] != 302 else [])
        number = next(iter(told))[1].rstrip("/").rsplit("/", 1)[-1]
        self.model.acks.append(Told(number, act, fields["key"][0], text, sha))
        if act != "apply":
            self._second_tab(browser, address, act, tab)
        return number

    def _second_tab(self, browser: Browser, address: str, act: str, tab: object) -> None:
        """It has a token of its own and has not seen the act: refused, and what was typed there is kept."""
        fields, files, _ = self._filled(tab, act, f"第二页 {self.random.getrandbits(48):012x}")
        answer = browser.patient(lambda: browser.post(address, fields, files))
        typed = fields.get("opinion") or fields["reason"]
        kept = answer.status == 422 and typed in [v for values in answer.fields.values() for v in values]
        self.run.count("second_tabs")
        self.run.none("second_tab_not_refused", [] if kept else [f"{act}: {answer.status} {answer.location} {answer.text[:200]}"])
