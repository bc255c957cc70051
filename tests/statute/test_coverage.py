"""Coverage of the 71 articles: it passes on this tree, and fails, naming it, on every kind of orphan."""

import json
import shutil
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from qingdan.kernel.ledger.management.commands import coverage as command
from qingdan.statute import adjustment, coverage
from qingdan.statute.citing import Cite, citations, cited_by_code, cited_by_tests, words_of_tests
from qingdan.statute.coverage import COVERED, NOT_BUILT, NOT_NEEDED, ORPHAN, PARTLY
from qingdan.statute.gists import ALL, Gist
from qingdan.statute.terms import Law, Reading, must, opens

ROOT = Path(__file__).resolve().parents[2]


def told(*args, **kwargs):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("coverage", *args, stdout=out, stderr=err, **kwargs)
    except SystemExit as stopped:
        code = stopped.code
    return code, out.getvalue(), err.getvalue()


# --- this tree ----------------------------------------------------------------------------------------------------


def test_every_article_of_this_tree_is_answered_for():
    code, out, err = told()
    assert (code, err) == (0, "")
    assert [line.split("　")[0].strip() for line in out.splitlines() if line.startswith("  第")] == [g.number for m in ALL.values() for g in m.GISTS]
    assert "无着落" not in out


def test_json_is_one_object_with_71_articles_in_order():
    code, out, _ = told("--json")
    data = json.loads(out)
    assert (code, data["orphans"]) == (0, [])
    assert [(a["measure"], a["article"]) for a in data["articles"]] == [(c, g.number) for c, m in ALL.items() for g in m.GISTS]
    assert len(data["articles"]) == 71
    for measure, n in data["measures"].items():
        assert n.pop("articles") == sum(n.values()) == len(ALL[measure].GISTS)


def test_one_measure_alone():
    code, out, _ = told("--json", "--measure", "调")
    articles = {a["article"]: a for a in json.loads(out)["articles"]}
    assert code == 0 and len(articles) == 12
    assert articles["第八条"]["rows"] == ["D4", "D8", "D8n"]
    assert {"D1", "D4", "D12", "S3"} <= set(articles["第七条"]["rows"])
    assert "tests/statute/test_adjustment_review.py" in articles["第八条"]["tests"]
    assert "qingdan/measures/adjustment/actions.py" in articles["第七条"]["code"]
    assert articles["第三条"]["state"] == NOT_NEEDED and articles["第三条"]["why_none"]


def test_what_no_action_does_yet_is_said_to_be_so():
    """第七条（五）: an act of a row that the room cannot do is named; one that it can do is not."""
    from qingdan.measures.adjustment.acting import ALIASES, DOINGS, FULL_FORMS, OWN_PAGES

    _, out, _ = told("--json", "--measure", "调")
    waiting = " ".join(w for a in json.loads(out)["articles"] for w in a["not_built"])
    done = {*DOINGS, *FULL_FORMS, *ALIASES, *OWN_PAGES}
    acts = {act for row in adjustment.LAW_2016.rows for act in row.acts}
    assert {a for a in acts if f"（{a}）" in waiting} <= acts - done
    assert {a for a in acts if f"（{a}）" not in waiting} - done <= {"cause_arose", "publish_initial", "move_items", "own_list_adjusted", "own_list_logged", "month_began", "basis_repealed", "resume_item"}


def test_an_unknown_measure_is_answered_in_chinese():
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stopped:
        command.Command(stdout=out, stderr=err).create_parser("qingdan", "coverage").parse_args(["--measure", "督"])
    assert stopped.value.code == 2 and not out.getvalue() and "用法" in err.getvalue()


# --- planted orphans, in a small measure -------------------------------------------------------------------------

SMALL = SimpleNamespace(
    CODE="试",
    TITLE="试行办法",
    GISTS=(
        Gist("第一条", "目的", "。", needs="目的条款"),
        Gist("第二条", "申请", "。", parts=(("第二条（一）", "。"),)),
        Gist("第三条", "以后", "。", reserve=("X9",)),
        Gist("第四条", "页面", "。"),
    ),
)
LAW = Law("试", date(2016, 5, 6), (opens("O", "第二条", "甲", "begin"), must("A", "第二条（一）", "甲", "go", after="begin")))
CODE = [Cite("试", "第四条", "qingdan/page.py"), Cite("试", "第二条（一）", "qingdan/act.py")]
TESTS = [Cite("试", "第二条", "tests/a.py"), Cite("试", "第四条", "tests/b.py")]


def survey(law=LAW, gists=SMALL.GISTS, readings=(), code=CODE, tests=TESTS, built=("begin", "go")):
    small = SimpleNamespace(CODE="试", TITLE="试行办法", GISTS=gists)
    return coverage.survey({"试": small}, {"试": (law,) if law else ()}, {"试": readings}, code, tests, built)


def test_a_small_measure_that_is_whole():
    report = survey()
    assert report.orphans == []
    assert [line.state for line in report.lines] == [NOT_NEEDED, COVERED, NOT_BUILT, COVERED]
    assert report.counts("试") == {COVERED: 2, PARTLY: 0, NOT_NEEDED: 1, NOT_BUILT: 1, ORPHAN: 0}
    assert report.lines[1].rows == ["O", "A"] and report.lines[1].code == ["qingdan/act.py"]


def test_a_reading_answers_for_further_articles_that_it_names():
    one = Reading("X9", "第二条", "？", "。", also=("第三条",))
    assert survey(readings=(one,)).lines[2].readings == ["X9"] and "规则 X9" in survey(readings=(replace(one, also=()),)).lines[2].waiting
    assert any("第九十条" in o for o in survey(readings=(replace(one, also=("第九十条",)),)).orphans)


def test_an_act_that_nothing_does_makes_its_article_partly_built():
    line = survey(built=("begin",)).lines[1]
    assert (line.state, line.waiting) == (PARTLY, ["动作“go”（go）"])


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ({"law": Law("试", LAW.in_force, (*LAW.rows, must("B", "第九条", "甲", "sing")))}, "规则 B 引用了不存在的试 第九条"),
        ({"law": Law("试", LAW.in_force, (*LAW.rows, must("B", "第二条（二）", "甲", "sing")))}, "规则 B 引用了不存在的试 第二条（二）"),
        ({"gists": (*SMALL.GISTS, Gist("第五条", "遗忘", "。"))}, "试 第五条（遗忘）没有规则、代码、测试"),
        ({"code": CODE[1:], "tests": TESTS[:1]}, "试 第四条（页面）没有规则、代码、测试"),
        ({"tests": TESTS[1:]}, "试 第二条（申请）有规则或代码，没有任何测试引用"),
        ({"tests": TESTS[:1]}, "试 第四条（页面）有规则或代码，没有任何测试引用"),
        ({"gists": (replace(SMALL.GISTS[0], needs=""), *SMALL.GISTS[1:])}, "试 第一条（目的）没有规则、代码、测试"),
        ({"gists": tuple(replace(g, reserve=()) for g in SMALL.GISTS)}, "试 第三条（以后）没有规则、代码、测试"),
        ({"code": [*CODE, Cite("试", "第四条（一）", "qingdan/x.html")]}, "qingdan/x.html 引用了不存在的试 第四条（一）"),
        ({"tests": [*TESTS, Cite("试", "第八条", "tests/c.py")]}, "tests/c.py 引用了不存在的试 第八条"),
        ({"readings": (Reading("R", "第二条", "？", "。", ("Z",)),)}, "读法 R 所指的规则 Z 不存在"),
        ({"readings": (Reading("R", "第七条", "？", "。", ("A",)),)}, "读法 R 引用了不存在的试 第七条"),
        ({"readings": (Reading("R", "第二条", "？", "。"), Reading("R", "第二条", "？", "。"))}, "读法 R 写了不止一次"),
    ],
)  # fmt: skip
def test_an_orphan_is_named(planted, said):
    """An article that nobody answers for; a row, a reading, a page or a test that cites what does not exist."""
    assert [o for o in survey(**planted).orphans if o.startswith(said)], survey(**planted).orphans


def test_a_row_of_an_older_edition_is_held_too():
    """An edition that is no longer the last still governs its cases."""
    old = Law("试", LAW.in_force, (*LAW.rows, must("B", "第九条", "甲", "sing")))
    small = SimpleNamespace(CODE="试", TITLE="试行办法", GISTS=SMALL.GISTS)
    report = coverage.survey({"试": small}, {"试": (old, old.amended(date(2027, 1, 1), drop=["B"]))}, {}, CODE, TESTS, ("begin", "go"))
    assert report.orphans == ["规则 B 引用了不存在的试 第九条"]


def test_without_the_tests_at_hand_nobody_is_blamed_for_them():
    assert survey(tests=None).orphans == []


# --- planted in a copy of this tree -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    root = tmp_path_factory.mktemp("tree")
    for folder in ("qingdan", "tests"):
        shutil.copytree(ROOT / folder, root / folder, ignore=lambda _, names: [n for n in names if n in ("static", "__pycache__") or n.endswith((".csv", ".pyc"))])
    return root


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("qingdan/measures/adjustment/stray.py", '"""第七条（六） 多出的一项。"""\n', "引用了不存在的调 第七条（六）"),
        ("qingdan/desk/templates/desk/stray.html", "<p>依第十三条办理</p>", "引用了不存在的调 第十三条"),
        ("tests/statute/test_stray.py", 'def test_第十四条_没有():\n    """第十四条: nothing."""\n', "引用了不存在的调 第十四条"),
        ("tests/statute/test_stray.py", "def test_第七条六_没有():\n    pass\n", "引用了不存在的调 第七条（六）"),
    ],
)
def test_a_stray_citation_in_the_tree_fails_the_command_and_is_named(copied, path, text, said):
    """The command itself, on a copy of this tree with one file more: exit code 1, the file and the article on standard error."""
    (copied / path).parent.mkdir(parents=True, exist_ok=True)
    (copied / path).write_text(text, encoding="utf-8")
    try:
        code, out, err = told(root=copied)
    finally:
        (copied / path).unlink()
    assert code == 1
    assert f"{path} {said}" in err
    assert "第七条" in out


def test_the_copy_itself_is_whole(copied):
    assert told(root=copied)[0] == 0


# --- how citations are read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第七条（三） 审核", [("调", "第七条（三）")]),
        ("第七条（三）、第八条: silence", [("调", "第七条（三）"), ("调", "第八条")]),
        ("诉 第十四条、第十五条（三）；第六条", [("诉", "第十四条"), ("诉", "第十五条（三）"), ("调", "第六条")]),
        ("投诉处理办法第五条（九）", [("诉", "第五条（九）")]),
        ("《金水区“五单一网”运行投诉处理暂行办法》第十四条", [("诉", "第十四条")]),
        ("依《全国年节及纪念日放假办法》第二条", []),
        ("行政许可法第八十二条, 民法典第二百零一条", []),
        ("本办法第八条", [("调", "第八条")]),
        ("考第六条第二款", [("考", "第六条第二款")]),
        ("诉15(3), 调8: and 考7", [("诉", "第十五条（三）"), ("调", "第八条"), ("考", "第七条")]),
        ("case 调2016-0001 of 调20160607", []),
    ],
)  # fmt: skip
def test_the_reading_of_citations(text, found):
    assert list(citations(text)) == found


def test_an_article_without_its_measure_belongs_to_the_room():
    assert list(citations("第十四条", "诉")) == [("诉", "第十四条")]


def test_a_test_cites_by_its_name_and_its_docstring_only():
    assert list(citations(words_of_tests("def test_投诉第五条九_收费():\n    pass\n"))) == [("诉", "第五条（九）")]
    source = 'def test_第七条三_逾期():\n    """第八条."""\n    assert "第九条"\n\n\ndef test_第十条_月报():\n    pass\n\n\ndef help_第一条_():\n    """第二条"""\n'
    assert sorted(a for _, a in citations(words_of_tests(source))) == ["第七条（三）", "第八条", "第十条"]


def test_citations_of_this_tree_are_found_where_they_are():
    code, tests = cited_by_code(ROOT), cited_by_tests(ROOT)
    assert Cite("调", "第七条（三）", "qingdan/measures/adjustment/actions.py") in code
    assert Cite("调", "第七条（三）", "tests/statute/test_adjustment_review.py") in tests
    assert not [c for c in code if c.path.startswith("qingdan/statute")]
