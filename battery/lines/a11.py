"""a11: the database restarts or drops its connections while a form is filled in: a page says so, keeps the text, and soon all is well."""

from __future__ import annotations

import time

from battery.line import POSTGRESQL, Run, line
from battery.model import Model, Told, select
from battery.people import BUSY, Browser, typed
from battery.product import module, serving

TERMINATE = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'qingdan'"
STEPS = (("zwb", "refer"), ("bb", "agree"), ("fzb", "agree"), ("zwb", "approve"), ("cg", "confirm"), ("zwb", "forward"))


@line("a11", "the database restarts, or drops every connection, while a form is filled in", engines=(POSTGRESQL,),
      least={"acks": 48, "restarts": 12, "dropped": 12, "while_down": 12, "connections": 12})  # fmt: skip
def restarts(run: Run) -> None:
    model, cases = Model(), run.times(8)
    module(run, "battery.world", "applied", str(cases))
    cluster = run.database.cluster
    assert cluster is not None
    with serving(run) as product:
        people = {code: Browser(product.port).log_in(f"{code}_1") for code in ("cg", "zwb", "bb", "fzb")}
        for (number,) in select(run, "SELECT number FROM ledger_case WHERE title LIKE '变更%' ORDER BY id"):
            for i, (office, act) in enumerate(STEPS):
                person, address = people[office], f"/adjustment/{number}/{act}/"
                fields = typed(person.form(address), opinion=f"意见 {run.random.getrandbits(48):012x}")
                if i % 3 == 0:
                    cluster.stop()
                    _refused(run, person, address, fields)
                    cluster.start()
                    run.count("restarts")
                elif i % 3 == 1:
                    run.count("connections", cluster.sql(TERMINATE)[0][0])
                    run.count("dropped")
                _sent(run, model, person, str(number), act, fields)
        run.none("pages_broken", product.broken())
    run.count("acks", len(model.acks))
    model.check(run)


def _refused(run: Run, person: Browser, address: str, fields: dict[str, list[str]]) -> None:
    """While the database is down: 503, in Chinese, with the text; reading is refused politely as well."""
    answer, reading = person.post(address, fields), person.get("/desk/")
    run.count("while_down")
    kept = fields["opinion"] in answer.fields.get("opinion", [])
    wrong = [] if answer.status == reading.status == 503 and kept and "数据库" in reading.text else [f"{answer.status} {reading.status} {kept}"]
    run.none("badly_refused", wrong)


def _sent(run: Run, model: Model, person: Browser, number: str, act: str, fields: dict[str, list[str]]) -> None:
    """Within five seconds it is done, without anything typed anew; until then the answers are polite."""
    end = time.monotonic() + 5
    while True:
        answer = person.post(f"/adjustment/{number}/{act}/", fields)
        if answer.status == 302:
            model.acks.append(Told(number, act, fields["key"][0], str(fields["opinion"])))
            return
        if answer.status not in BUSY or time.monotonic() > end:
            run.none("not_done_after_five_seconds", [f"{number}: {act}: {answer.status} {answer.text[:300]}"])
            return
        time.sleep(0.2)
