"""Extensions on small laws, held against the oracle: once or `repeats`, asked for or not, to a named day or to the cap."""

from datetime import date, timedelta
from itertools import product

import pytest

from qingdan.engine.duties import Event, Refused, stand, step
from qingdan.statute.terms import Extension, Law, Workdays, may, must, opens
from tests.engine.oracle import Act, Book
from tests.engine.play import CAL, d

OFFICE, OTHER, STRANGER = "某局", "某办", "路人"
GIVES = {"甲": (OFFICE,), "乙": (OTHER,)}


def law(repeats=False, asked=""):
    """甲 has three 工作日, five at most; 乙 extends, where it is asked for by 甲."""
    rows = (
        opens("O", "第一条", "甲", "begin"),
        must("M", "第二条", "甲", "go", after="begin", within=Workdays(3), extension=Extension("stretch", "乙", Workdays(5), "第三条", asked, repeats)),
        may("P", "第二条", "甲", "note", while_owed="M"),
    )
    if asked:
        rows = (*rows, may("A", "第三条", "甲", asked, while_owed="M", not_while="W"), must("W", "第三条", "乙", "stretch|deny", after=asked))
    return Law("试", date(2016, 5, 6), rows)


def begun(law):
    return stand(law, [Event("begin", d("09-12"), OFFICE, gives=GIVES)], CAL)


def stretched(s, on, until="", office=OTHER):
    step(s, Event("stretch", d(on), office, ordered=d(until) if until else None))
    return s.owed[0]


def due(s):
    return s.owed[0].due.isoformat()[5:]


def test_the_days_of_these_tests():
    """Mid-autumn and a make-up Sunday lie between."""
    assert (due(begun(law())), CAL.add(d("09-12"), 5)) == ("09-18", d("09-20"))


def test_an_extension_that_repeats_moves_the_day_again_up_to_the_cap():
    s = begun(law(repeats=True))
    stretched(s, "09-13", "09-19")
    assert due(s) == "09-19"
    stretched(s, "09-19")
    assert (due(s), s.owed[0].extended) == ("09-20", d("09-20"))


def test_the_cap_counts_from_the_start_and_never_from_the_last_extension():
    s = begun(law(repeats=True))
    stretched(s, "09-13", "09-19")
    with pytest.raises(Refused, match=r"不晚于2016年9月20日（周二）（总共不超过 5 个工作日，第三条）"):
        stretched(s, "09-19", "09-21")
    assert due(s) == "09-19"


def test_at_the_cap_there_is_no_further_day():
    s = begun(law(repeats=True))
    stretched(s, "09-13")
    for until in ("", "09-20", "09-21"):
        with pytest.raises(Refused, match="总共不超过"):
            stretched(s, "09-20", until)


def test_each_extension_comes_before_the_day_that_holds_by_then():
    """After the first day has passed an extension is too late; once extended, the new day counts."""
    with pytest.raises(Refused, match="期限已过"):
        stretched(begun(law(repeats=True)), "09-19", "09-20")
    s = begun(law(repeats=True))
    stretched(s, "09-18", "09-19")
    with pytest.raises(Refused, match="延期须在2016年9月19日（周一）前提出（第三条），期限已过"):
        stretched(s, "09-20", "09-20")


def test_an_extension_without_that_word_is_given_once():
    s = begun(law())
    stretched(s, "09-13", "09-19")
    with pytest.raises(Refused, match="期限已经延长到2016年9月19日（周一），不能再延长（第三条）"):
        stretched(s, "09-13")


def test_where_it_is_asked_for_it_is_asked_for_each_time():
    s = begun(law(repeats=True, asked="ask"))
    for on, until in (("09-13", "09-19"), ("09-14", "09-20")):
        with pytest.raises(Refused, match="没有"):
            stretched(s, on, until)
        step(s, Event("ask", d(on), OFFICE))
        stretched(s, on, until)
    assert due(s) == "09-20"


def test_a_duty_that_is_done_is_not_extended():
    s = begun(law(repeats=True))
    step(s, Event("go", d("09-13"), OFFICE))
    with pytest.raises(Refused):
        stretched(s, "09-13")


def test_only_the_role_that_extends_does_so():
    for office in (OFFICE, STRANGER):
        with pytest.raises(Refused):
            stretched(begun(law(repeats=True)), "09-13", office=office)


# --- the engine against the oracle, every way of three moves -----------------------------------------------------

DAYS = [d("09-13") + timedelta(days=n) for n in (0, 5, 6, 7, 8)]  # the first due day is the second of these, the cap the fourth
MOVES = [("stretch", until) for until in (None, *DAYS[1:])] + [("ask", None), ("deny", None), ("go", None), ("note", None)]


def both(rows, acts):
    """Play these acts in the engine and in the notebook; each must allow, and then owe, what the other does. -> acts allowed"""
    s, book, allowed = begun(rows), Book(rows, CAL), 0
    book.write(first := Act("begin", OFFICE, d("09-12"), names=GIVES), book.may(first))
    for on, (name, until) in acts:
        a = Act(name, OTHER if name in ("stretch", "deny") else OFFICE, on, until=until)
        ground = book.may(a) if name in rows.acts else ""
        try:
            step(s, Event(name, on, a.office, ordered=until))
        except Refused as refused:
            assert not ground, f"refused, though the rows allow it as {ground}: {acts}: {refused}"
        else:
            assert ground, f"allowed: {a} in {acts}"
            allowed += 1
            book.write(a, ground)
        assert [(o.row.id, o.due, o.how or "open") for o in s.owed] == [(x.row, x.due, x.state) for x in book.duties], acts
    return allowed


@pytest.mark.parametrize("repeats", [False, True])
@pytest.mark.parametrize("asked", ["", "ask"])
def test_the_engine_and_the_oracle_agree_on_every_way_of_three_moves(repeats, asked):
    rows = law(repeats, asked)
    days = [days for days in product(DAYS[:4], repeat=3) if list(days) == sorted(days)]
    moves = [m for m in MOVES if m[0] in rows.acts]
    allowed = sum(both(rows, list(zip(on, acts, strict=True))) for on in days for acts in product(moves, repeat=3))
    assert allowed > 1000


def test_it_matters_whether_an_extension_repeats():
    twice = [(d("09-13"), ("stretch", d("09-19"))), (d("09-19"), ("stretch", d("09-20")))]
    assert [both(law(repeats), twice) for repeats in (False, True)] == [1, 2]
