"""No number of days of the regulation stands anywhere but in the statute: not in code, not in the words of a page."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QINGDAN = ROOT / "qingdan"
CODE = [p for p in sorted(QINGDAN.rglob("*.py")) if "statute" not in p.relative_to(QINGDAN).parts[:1] and "migrations" not in p.parts]
ROOMS = [p for p in CODE if p.relative_to(QINGDAN).parts[0] in ("measures", "lists", "desk", "portal")]
PAGES = sorted(QINGDAN.rglob("*.html"))
LIMITS = {"Workdays", "MonthDay", "AsOrdered", "SameDay"}
COUNTS = {"add", "due", "days"}
SAID = re.compile(r"\d+ ?个工作日|[一二三四五六七八九十]+个工作日")

SAY_A_NUMBER: set[str] = set()
"""Pages that say a number themselves instead of `law.told("…{D4}…")`: none, for after an amendment they would be wrong."""


def number(node):
    """The value of a whole number written out, also a negative one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def limits_in(source):
    """Calls that make a limit of the statute with a number written out: Workdays(5), limits.MonthDay(28). One read back from a kept duty bears its number."""
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    made = [n for n in calls if ast.unparse(n.func).split(".")[-1] in LIMITS]
    return [n.lineno for n in made if any(number(a) for a in (*n.args, *(k.value for k in n.keywords)))]


def days_in(source):
    """Spans of more than one day, and counts of working days, with a number written out."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).split(".")[-1]
        if name == "timedelta":
            spans = [*node.args[:1], *(k.value for k in node.keywords if k.arg in ("days", "weeks"))]
            found += [node.lineno for span in spans if (number(span) or 0) > 1]
        elif name in COUNTS and len(node.args) == 2 and number(node.args[1]):
            found.append(node.lineno)
    return found


def said_in(source):
    """Strings, docstrings apart, that name a number of working days."""
    tree = ast.parse(source)
    docs = {id(n.body[0].value) for n in ast.walk(tree) if hasattr(n, "body") and isinstance(n.body, list) and n.body and isinstance(n.body[0], ast.Expr)}
    strings = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs]
    return [n.lineno for n in strings if SAID.search(n.value)]


def where(paths, find):
    return [f"{p.relative_to(QINGDAN)}:{line}" for p in paths for line in find(p.read_text(encoding="utf-8"))]


def test_no_limit_is_made_outside_the_statute():
    engine = [p for p in CODE if p.relative_to(QINGDAN).parts[0] != "engine"]
    assert len(engine) > 50
    assert where(engine, limits_in) == []


def test_no_room_counts_days_with_a_number_of_its_own():
    """The portal owes nothing: a span that it shows at first is no limit."""
    rooms = [p for p in ROOMS if p.relative_to(QINGDAN).parts[0] != "portal"]
    assert len(rooms) > 20
    assert where(rooms, days_in) == []


def test_no_further_page_says_a_number_of_working_days():
    pages = {str(p.relative_to(QINGDAN)) for p in PAGES if SAID.search(p.read_text(encoding="utf-8"))}
    words = {str(p.relative_to(QINGDAN)) for p in ROOMS if said_in(p.read_text(encoding="utf-8"))}
    assert pages | words <= SAY_A_NUMBER


@pytest.mark.parametrize("line", ["Workdays(5)", "limits.MonthDay(28)", "terms.AsOrdered(terms.Workdays(10))"])
def test_each_way_of_making_a_limit_is_seen(line):
    assert limits_in(line)


@pytest.mark.parametrize("line", ["Workdays(n)", "SameDay()", "limits.MonthDay(kept.number)"])
def test_a_limit_read_back_from_a_duty_is_no_fault(line):
    assert limits_in(line) == []


@pytest.mark.parametrize("line", ["timedelta(days=5)", "timedelta(10)", "datetime.timedelta(weeks=2)", "calendar.add(day, 5)", "shipped().due(day, 2)", "day - timedelta(days=2)"])
def test_each_way_of_counting_days_is_seen(line):
    assert days_in(line)


@pytest.mark.parametrize("line", ["timedelta(days=1)", "seen.add(day)", "calendar.add(day, limit.n)", "timedelta(hours=8)", "limit.due(start, calendar, None)"])
def test_a_day_and_a_number_from_the_statute_are_no_fault(line):
    assert days_in(line) == []


@pytest.mark.parametrize(("source", "seen"), [("x = '须在5个工作日内'", True), ("x = f'须在{n} 个工作日内'", False), ("def f():\n    '''在5个工作日内'''", False)])
def test_the_words_of_a_page_are_read(source, seen):
    assert bool(said_in(source)) is seen
