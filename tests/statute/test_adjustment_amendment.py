"""调: how a change of the regulation is made: a few lines at the foot of one file, and what they touch."""

import difflib
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from qingdan.statute import adjustment, laws
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.laws import law_of, law_on
from qingdan.statute.terms import Law, May, Must, StatuteError, Workdays, must, opens
from tests.engine.play import CGJ, FZB, Play, d

FILE = Path(adjustment.__file__)
BEFORE = "EDITIONS = (LAW_2016,)\n"
AFTER = """\
EDITIONS = (
    LAW_2016,
    LAW_2016.amended(date(2027, 1, 1), {"D4": {"within": Workdays(7)}}),
)
"""
"""审核 5 → 7 个工作日, from 2027-01-01."""


@pytest.fixture(scope="module")
def amended() -> ModuleType:
    """The file with the four lines, as a module of its own."""
    text = FILE.read_text(encoding="utf-8").replace(BEFORE, AFTER)
    module = ModuleType("qingdan.statute.adjustment_amended")
    module.__package__ = "qingdan.statute"
    exec(compile(text, str(FILE), "exec"), module.__dict__)
    return module


@pytest.fixture
def in_force(amended, monkeypatch):
    monkeypatch.setitem(laws.EDITIONS, "调", amended.EDITIONS)


def test_第七条三_审核五日改为七日_是一个文件里的四行():
    """第七条（三）: the diff adds four lines to one file."""
    text = FILE.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    diff = [line for line in difflib.ndiff(text.splitlines(), text.replace(BEFORE, AFTER).splitlines()) if line[0] in "+-"]
    assert [line for line in diff if line[0] == "+"] == ["+ " + line for line in AFTER.splitlines()]
    assert len([line for line in diff if line[0] == "+"]) == 4
    assert [line for line in diff if line[0] == "-"] == ["- " + BEFORE.rstrip()]


def test_第七条三_修改只触及审核一行(amended):
    """第七条（三）: nothing but the limit of D4 differs; the rows and their order are the same."""
    old, new = amended.EDITIONS
    assert [a.id for a, b in zip(old.rows, new.rows, strict=True) if a != b] == ["D4"]
    assert (old["D4"].within, new["D4"].within) == (Workdays(5), Workdays(7))
    assert old == LAW_2016 or old.rows == LAW_2016.rows


def test_第七条三_二〇二七年起用新版本_之前用旧版本(in_force, amended):
    """第七条（三）: law_on picks the edition by the day on which a case is opened."""
    assert law_on("调", date(2026, 12, 31)).in_force == date(2016, 5, 6)
    assert law_on("调", date(2027, 1, 1)).in_force == date(2027, 1, 1)
    assert law_of("调", date(2027, 1, 1))["D4"].within == Workdays(7)
    assert law_on("调", date(2015, 1, 1)).in_force == date(2016, 5, 6)


def test_第七条三_旧案仍用五个工作日(in_force):
    """第七条（三）: opened in 2026, referred in 2026: five; a case of 2027: seven."""
    old = Play(law_on("调", d("2026-11-02"))).cause("2026-11-02").unit("apply", "2026-11-04").refer("2026-11-05", FZB)
    assert old.open == [("D4", FZB, "2026-11-12")]
    still = Play(law_on("调", d("2026-12-21"))).cause("2026-12-21").unit("apply", "2027-01-05").refer("2027-01-06", FZB)
    assert still.open == [("D4", FZB, "2027-01-13")]
    new = Play(law_on("调", d("2027-01-04"))).cause("2027-01-04").unit("apply", "2027-01-05").refer("2027-01-06", FZB)
    assert new.open == [("D4", FZB, "2027-01-15")]


def test_第十二条_施行前按办法施行之日_不按修改之日(in_force):
    """第十二条: an amendment makes no cause of before it 施行前: a unit that applies late is late as ever."""
    c = Play(law_on("调", d("2027-01-20"))).cause("2026-11-02", on="2027-01-20")
    assert c.s.law.in_force == date(2027, 1, 1) and c.s.law.began == date(2016, 5, 6)
    assert c.duty("D1", CGJ).late(d("2027-01-20"))


def test_第七条三_页面上的日数出自本案适用的版本(amended):
    """第七条（三）、第七条（一）: what a page says of a limit follows the edition of the case."""
    old, new = amended.EDITIONS
    assert old.told("须在{D4}内出具审核意见，至多{D1+}") == "须在 5 个工作日内出具审核意见，至多 30 个工作日"
    assert new.told("须在{D4}内出具审核意见") == "须在 7 个工作日内出具审核意见"
    with pytest.raises(KeyError):
        old.told("{D99}")


def small(*rows):
    return Law("试", date(2016, 5, 6), (opens("O", "第一条", "甲", "begin"), *rows))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([must("A", "第一条", "甲", "go"), must("A", "第一条", "甲", "come")], "used twice: ['A']"),
        ([must("A", "第一条", "甲", "go", after="nowhere")], "A.after: no such act: nowhere"),
        ([must("A", "第一条", "甲", "go", after_all="B")], "A.after_all: no such duty: B"),
        ([must("A", "第一条", "甲", "go", not_while="O")], "A.not_while: no such duty: O"),
        ([must("A", "第一条", "甲", "go", spoils="B")], "A.spoils: no such duty: B"),
        ([must("A", "第一条", "甲", "go", follows=("fly", Workdays(1)))], "A.follows: no such act: fly"),
    ],
)
def test_a_row_that_names_nothing_fails_where_it_is_written(rows, said):
    with pytest.raises(StatuteError) as caught:
        small(*rows)
    assert said in str(caught.value)


def test_a_request_for_extension_that_no_row_knows_fails_where_it_is_written():
    with pytest.raises(StatuteError, match=r"extension\.asked: no such act: ask_extension"):
        LAW_2016.amended(date(2027, 1, 1), {"D2": {"after": "cause_arose"}}, drop=["D2a"])


def test_an_amendment_of_an_unknown_row_is_refused():
    with pytest.raises(StatuteError, match=r"no such rows to amend: \['D99'\]"):
        LAW_2016.amended(date(2027, 1, 1), {"D99": {"within": Workdays(7)}})


def test_an_amendment_is_written_like_a_row_and_may_add_and_drop():
    """Names in one string, as in the file; a row dropped is gone, a row added comes last."""
    new = LAW_2016.amended(
        date(2027, 1, 1), {"S3": {"while_owed": "D3|D4", "acts": "withdraw"}}, add=[must("Z", "第七条", "申请单位", "sing")], drop=["S8"]
    )
    assert isinstance(new["S3"], May) and new["S3"].while_owed == ("D3", "D4")
    assert "S8" not in new.index and new.rows[-1].id == "Z" and isinstance(new["Z"], Must)
