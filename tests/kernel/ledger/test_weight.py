"""How much an act and a sweep ask of the database: counted, not timed. The times stand in benchmarks/."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.closing import close_days
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Office, Post
from qingdan.kernel.offices.queries import may_act_for, posts_of
from qingdan.statute.roles import CHIEF, LEAD

from .worlds import all_referred, begin, do, referred, tick_at

pytestmark = pytest.mark.django_db
SHADOW = 'INSERT INTO ledger_obligation ("id"'


def statements(act):
    """What the act sends to the database; the savepoints of the test stand for its BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as found:
        act()
    return [query["sql"].strip() for query in found.captured_queries]


def shadow_rows(act):
    """How many rows of the shadow the act writes; none is deleted."""
    counted = []

    def take_down(execute, sql, params, many, context):
        assert not sql.startswith("DELETE")
        if sql.startswith(SHADOW):
            counted.append(len(params) if many else 1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(take_down):
        act()
    return sum(counted)


def test_an_act_takes_twelve_statements_however_long_the_case(district):
    """Lock, clock, last moment, post, events, calendar; event, head, the shadow as it lies, what changed of it; begin and end."""
    short, long = begin(district), begin(district)
    do(short, district.cg, "apply", "2016-06-07T10:00")
    do(long, district.cg, "apply", "2016-06-07T10:00")
    for _ in range(8):
        do(long, district.cg, "withdraw", "2016-06-07T10:00")
        do(long, district.cg, "apply", "2016-06-07T10:00")
    gives = {LEAD: [district.fzb.office], CHIEF: [district.fzb.office]}
    found = [statements(lambda case=case: do(case, district.zwb, "refer", "2016-06-12", gives=gives)) for case in (short, long)]
    assert [len(told) for told in found] == [12, 12], found[0]


def test_an_act_writes_the_duties_that_it_changes_and_leaves_the_others(district):
    """The referral ends one duty and raises one; the two that ended before it stay as they lie."""
    case = begin(district)
    do(case, district.cg, "apply", "2016-06-07T10:00")
    do(case, district.cg, "withdraw", "2016-06-07T11:00")
    do(case, district.cg, "apply", "2016-06-07T12:00")
    assert case.obligations.count() > 2
    gives = {LEAD: [district.fzb.office], CHIEF: [district.fzb.office]}
    assert shadow_rows(lambda: do(case, district.zwb, "refer", "2016-06-12", gives=gives)) == 2


def test_a_sweep_writes_the_duties_that_lapsed_and_those_that_follow(district):
    all_referred(district, 3)
    before = Obligation.objects.count()
    assert shadow_rows(lambda: tick_at("2016-06-20")) == 3 * 2
    assert Obligation.objects.count() == before + 3


def test_a_row_of_the_shadow_that_was_lost_or_spoiled_is_mended_by_the_next_act_of_its_case(district):
    case = referred(district, "fzb", "bb")
    whole = list(Obligation.objects.order_by("pk").values())
    Obligation.objects.filter(row="D3").delete()
    Obligation.objects.filter(row="D4").update(due=date(2016, 7, 1))
    Obligation.objects.create(**whole[-1] | {"id": "of nobody"})
    do(case, district.fzb, "agree", "2016-06-13")
    now = {row["id"]: row for row in Obligation.objects.values()}
    mine = next(key for key, row in now.items() if row["how"] == "done" and row["row"] == "D4")
    assert [now[row["id"]] for row in whole if row["id"] != mine] == [row for row in whole if row["id"] != mine]
    assert "of nobody" not in now


def test_closing_the_days_looks_only_at_the_events_after_the_last_closing(district):
    """However long the ledger is: by the number of the last event that was closed, which is the key."""
    begin(district, day="2016-06-07T09:00")
    with clock.frozen("2016-06-08T00:30"):
        close_days()
        asked = next(sql for sql in statements(close_days) if "NOT (" in sql and "close_day" in sql)
    assert '"seq" > ' in asked


@pytest.mark.parametrize("ends", ["post", "office", "neither"])
def test_who_may_act_for_an_office_is_who_holds_a_post_in_it_on_that_day(district, ends):
    """The statement that every act asks says the same as the model: at both ends of the post and of the office."""
    office, person, first, last = Office(code="new", name="新单位", short="新"), district.cg.person, date(2016, 6, 1), date(2016, 6, 30)
    office.valid_from, office.valid_to = (first, last) if ends == "office" else (date(2016, 5, 6), None)
    post = Post(person=person, office=office, valid_from=first, valid_to=last if ends == "post" else None)
    with clock.frozen("2016-05-07T09:00"):
        note("create_office", by=None, rows=[office, post])
    days = [date(2016, 5, 31), first, last, date(2016, 7, 1)]
    expected = [False, True, True, ends == "neither"]
    assert [may_act_for(person, office, day) for day in days] == expected
    assert [posts_of(person, day).filter(office=office).exists() for day in days] == expected
    assert not may_act_for(district.fzb.person, office, first)
