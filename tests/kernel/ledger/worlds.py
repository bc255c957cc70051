"""Cases lived through the ledger's own acts, and what remains of them, so that two histories can be compared."""

from __future__ import annotations

import threading
from datetime import date

from django.db import connections

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case, record
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.offices.models import Person, Post
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, UNIT
from qingdan.statute.terms import Law, Otherwise, Workdays, must, opens

CHAIN = Law("链", date(2016, 5, 6), (
    opens("K0", "链一", UNIT, "begin"),
    must("K1", "链二", LEAD, "answer_first", after="begin", within=Workdays(2), otherwise=Otherwise("deemed_first", "链九")),
    must("K2", "链三", UNIT, "answer_second", after="answer_first|deemed_first", within=Workdays(3), otherwise=Otherwise("deemed_second", "链九")),
    must("K3", "链四", OFFICE, "answer_third", after="answer_second|deemed_second", within=Workdays(1), otherwise=Otherwise("deemed_third", "链九")),
    must("K4", "链五", OFFICE, "close", after="answer_third|deemed_third", within=Workdays(5)),
))  # fmt: skip
"""A measure that is not in the regulation: one silence raises the next duty, three times over."""


def begin(d, unit="cg", day="2016-06-07T09:00", key=None, **more):
    """第五条: the unit registers what happened the day before."""
    unit = getattr(d, unit)
    dates = {"cause_day": date.fromisoformat(day[:10])}
    with clock.frozen(day):
        return open_case(
            "调", "cause_arose", by=unit.person, office=unit.office, title="变更：一个事项",
            gives={UNIT: [unit.office], OFFICE: [d.zwb.office], EGOV: [d.dzzw.office]}, dates=dates, key=key, **more,
        )  # fmt: skip


def do(case, who, act, day, **more):
    """One act of an office's clerk at a moment (nine o'clock unless said)."""
    with clock.frozen(day if "T" in day else f"{day}T09:00"):
        return record(case, act, by=more.pop("by", who.person), office=who.office, **more)


def referred(d, *leads, day="2016-06-12"):
    """第七条（二）: applied for on 06-07 and referred to these lead bodies; their five 工作日 end on 06-17."""
    case = begin(d)
    do(case, d.cg, "apply", "2016-06-07T10:00")
    offices = [getattr(d, lead).office for lead in leads]
    do(case, d.zwb, "refer", day, gives={LEAD: offices, CHIEF: offices[:1]})
    return case


def all_referred(d, n, lead="fzb"):
    """`n` cases side by side, each applied for on 06-07 and referred on 06-12."""
    cases = [begin(d) for _ in range(n)]
    for case in cases:
        do(case, d.cg, "apply", "2016-06-07T10:00")
    office = getattr(d, lead).office
    for case in cases:
        do(case, d.zwb, "refer", "2016-06-12", gives={LEAD: [office], CHIEF: [office]})
    return cases


def approved(d, day="2016-06-14"):
    """第七条（四）: one lead agreed, the office approved; the unit's one 工作日 to confirm runs."""
    case = referred(d, "fzb")
    do(case, d.fzb, "agree", "2016-06-13")
    do(case, d.zwb, "approve", day)
    return case


def chained(d, day="2016-06-07T09:00"):
    """A case under CHAIN (its test puts the measure into EDITIONS)."""
    with clock.frozen(day):
        gives = {UNIT: [d.cg.office], LEAD: [d.fzb.office, d.bb.office], OFFICE: [d.zwb.office]}
        return open_case("链", "begin", by=d.cg.person, office=d.cg.office, title="一连串的沉默", gives=gives)


def second_clerk(who, username, name="经办乙"):
    """One more person with a post in this office."""
    person = Person(username=username, name=name)
    with clock.frozen("2016-05-06T09:00"):
        note("create_person", by=None, rows=[person, Post(person=person, office=who.office, valid_from=date(2016, 5, 6))])
    return person


def duties(case, but=("born_late",)):
    """The case's duties as they stand in the table. `born_late` may differ: it says that a silence was written down late."""
    columns = [f.attname for f in Obligation._meta.concrete_fields if f.attname not in (*but, "case_id")]
    rows = Obligation.objects.filter(case=case).values_list(*columns)
    strip = columns.index("id")
    return sorted([str(v).split(":", 1)[-1] if i == strip else v for i, v in enumerate(row)] for row in map(list, rows))


def legal(case):
    """What happened, with its legal dates, in order."""
    return [(e.n, e.act, e.office_code, e.on.isoformat(), e.by_law) for e in case.events.all()]


def chain_of():
    """Everything that the ledger holds, to see that nothing changed."""
    return list(Event.objects.values_list("seq", "head"))


def everything():
    """Every table of the product, to see that nothing at all changed."""
    from django.apps import apps

    return {m._meta.db_table: sorted(map(repr, m._base_manager.values_list())) for m in apps.get_models()}


def tick_at(moment):
    with clock.frozen(moment if "T" in moment else f"{moment}T00:30"):
        return tick()


def together(*jobs):
    """Run these at the same moment, each in a thread with its own connection; their results, or what they raised."""
    barrier, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(i, job):
        try:
            barrier.wait(10)
            results[i] = job()
        except Exception as error:  # a result like any other
            results[i] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(i, job)) for i, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def said(capsys, module, *words):
    """Exit code, standard output and standard error of a command, run here."""
    command, code = module.Command(), 0
    try:
        options = vars(command.create_parser("qingdan", module.__name__.rsplit(".", 1)[-1]).parse_args(words))
        command.execute(*options.pop("args", ()), **options)
    except SystemExit as exit_:
        code = exit_.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err
