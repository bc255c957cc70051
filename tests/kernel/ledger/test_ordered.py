"""A day that a paper sets is kept by the event, by the first of a case as by a later one; and the table says who is late on it."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import open_case
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.ui.reasons import openings, why_of
from qingdan.statute.roles import COMPLAINANT, HANDLER, OBLIGED, OFFICE

from .worlds import do, everything

pytestmark = pytest.mark.django_db
UNTIL = date(2016, 9, 23)


def opened(d, act="order_performance", day="2016-09-12T09:00", ordered=UNTIL, key=None):
    """诉 第十五条（三）: 法制办 orders, 城管局 owes."""
    with clock.frozen(day):
        gives = {HANDLER: [d.fzb.office], OBLIGED: [d.cg.office]}
        return open_case("诉", act, by=d.fzb.person, office=d.fzb.office, title="限期履行", gives=gives, ordered=ordered, key=key)


def owed(case):
    return [(o.row, o.office_code, o.due, o.counted) for o in case.obligations.filter(how="")]


def test_the_day_that_the_opening_paper_sets_is_the_day_of_the_duty(district):
    case = opened(district)
    assert owed(case) == [("D20", "cg", UNTIL, "")]
    assert case.events.get().told["ordered"] == "2016-09-23"
    assert not case.obligations.get().late_on(UNTIL) and case.obligations.get().late_on(date(2016, 9, 24))


def test_a_replay_and_the_verification_know_the_day(district):
    case = opened(district)
    assert standing_of(case).owed[0].ordered == UNTIL
    assert verify().fault is None


def test_without_a_day_the_row_says_what_holds(district):
    """诉 第十五条: none; 诉 第十六条: ten 工作日, which are counted."""
    assert owed(opened(district, ordered=None)) == [("D20", "cg", None, "")]
    assert owed(opened(district, "order_execution", ordered=None)) == [("D21", "cg", date(2016, 9, 27), "Workdays:10:2016-09-12")]
    assert owed(opened(district, "order_execution")) == [("D21", "cg", UNTIL, "")]


@pytest.mark.parametrize(("ordered", "limit"), [(None, "10 个工作日"), (UNTIL, "文书写明的日期")])
def test_the_page_tells_where_the_day_comes_from(district, ordered, limit):
    """Counted day by day where the paper names none."""
    case = opened(district, "order_execution", ordered=ordered)
    why = why_of(case.obligations.get(), openings([case.pk])[case.pk])
    assert (why.limit, why.due, bool(why.reasons)) == (limit, ordered or date(2016, 9, 27), ordered is None)


def test_the_same_key_again_keeps_the_day_of_the_first_time(district):
    case = opened(district, key="k")
    before = everything()
    assert opened(district, key="k", ordered=date(2016, 10, 31)) == case
    assert everything() == before


def test_a_day_set_anew_by_a_later_act_is_the_day_of_the_duty_that_this_act_raises(district):
    case = opened(district)
    do(case, district.cg, "report_performance", "2016-09-23")
    do(case, district.fzb, "return_performance", "2016-09-26", ordered=date(2016, 10, 14))
    assert owed(case) == [("D20", "cg", date(2016, 10, 14), "")]
    assert [o.due for o in case.obligations.filter(row="D20").order_by("opened_n")] == [UNTIL, date(2016, 10, 14)]


def test_a_refused_opening_leaves_no_case(district):
    with pytest.raises(Refused, match="没有指定有关单位"), clock.frozen("2016-09-12T09:00"):
        open_case("诉", "order_stop", by=district.fzb.person, office=district.fzb.office, title="x", gives={HANDLER: [district.fzb.office]}, ordered=UNTIL)
    assert not Case.objects.exists()


# --- 诉 第十四条: several extensions, and steps that excuse no delay ------------------------------------------------


def accepted(d):
    """Received and taken up by 法制办 on 09-12: twenty 工作日, until 10-14."""
    with clock.frozen("2016-09-12T09:00"):
        gives = {HANDLER: [d.fzb.office], OFFICE: [d.zwb.office], COMPLAINANT: [d.cg.office]}  # somebody: only offices are given here
        dates = {"received_day": date(2016, 9, 12)}
        case = open_case("诉", "receive_directly", by=d.fzb.person, office=d.fzb.office, title="投诉", gives=gives, dates=dates)
    do(case, d.fzb, "accept", "2016-09-12T10:00")
    return case


def handling(case):
    return case.obligations.get(row="D18")


def test_an_extension_to_a_day_and_one_more_to_the_cap(district):
    case = accepted(district)
    assert handling(case).due == date(2016, 10, 14)
    do(case, district.fzb, "extend_handling", "2016-10-13", ordered=date(2016, 10, 21))
    assert (handling(case).due, handling(case).extended, handling(case).counted) == (date(2016, 10, 21), date(2016, 10, 21), "")
    do(case, district.fzb, "extend_handling", "2016-10-21")
    assert (handling(case).due, handling(case).counted) == (date(2016, 11, 4), "Workdays:35:2016-09-12")
    assert verify().fault is None


def test_investigators_not_yet_named_excuse_no_delay(district):
    """They are steps of the body's own: its day runs on, stands in its 待办 and is late when it has passed."""
    case = accepted(district)
    assert case.obligations.filter(row="Q3", how="").exists()
    assert not handling(case).held
    assert not handling(case).late_on(date(2016, 10, 14)) and handling(case).late_on(date(2016, 10, 15))
