"""The rules in force as the public reads them: every article, every row, every reading, each choice named as ours."""

from datetime import date
from types import SimpleNamespace

import pytest

from qingdan.portal import articles
from qingdan.statute.adjustment import LAW_2016, READINGS
from qingdan.statute.gists import ALL
from qingdan.statute.labels import label
from qingdan.statute.laws import EDITIONS
from qingdan.statute.roles import UNIT
from qingdan.statute.terms import Must, Source, Workdays, must

pytestmark = pytest.mark.django_db


def test_the_five_measures_are_there_with_their_articles(get):
    page = get("/rules/")
    for code, gists in ALL.items():
        assert gists.TITLE in page.text and f"{len(gists.GISTS)} 条" in page.text
        assert get(f"/rules/{code}/").headings[0][1] == gists.TITLE
    assert "共 71 条" in page.text and sum(len(m.GISTS) for m in ALL.values()) == 71


@pytest.mark.parametrize("code", ALL)
def test_every_article_of_a_measure_has_its_number_title_and_gist(get, code):
    page = get(f"/rules/{code}/")
    for gist in ALL[code].GISTS:
        assert [2, f"{gist.number}　{gist.title}"] in page.headings and gist.text in page.text
        assert gist.number in page.ids
        for number, text in gist.parts:
            assert number in page.ids and text in page.text


def test_the_adjustment_measure_says_from_which_day_it_holds(get):
    assert "以下规则自2016年5月6日（周五）起施行" in get("/rules/调/").tight


def test_each_row_stands_once_with_who_what_limit_and_source(get):
    lines = [line for a in articles.articles(articles.measure("调"), LAW_2016, READINGS) for p in (a.whole, *a.parts) for line in p.lines]
    assert sorted(line.row.id for line in lines) == sorted(r.id for r in LAW_2016.rows)
    page = get("/rules/调/")
    for row in LAW_2016.rows:
        assert row.who in page.text and row.choice in page.text
        assert "、".join(label(act) for act in row.acts) in page.text
    for line in lines:
        assert f"{line.row.who}{line.row.id}{line.verb}：{line.what}".replace(" ", "") in page.tight, line.row.id


def test_第七条三_the_page_names_who_reviews_within_how_long_and_what_follows(get):
    """第七条（三）: the lead body answers within 5 working days of the 转办; else it is taken to agree (第八条)."""
    page = get("/rules/调/")
    assert [3, "第七条（三）"] in page.headings
    assert "牵头部门D4应当：审核同意、修改后同意、审核不同意5个工作日法规自转办或者补充转办之日起视为同意（第八条）" in page.tight
    assert "/due/?n=5" in page.links


def test_第七条一_the_extension_and_the_day_from_which_time_runs_are_said(get):
    assert (
        "申请单位D1应当：提交调整申请10个工作日法规自情形发生日起"
        "逾期，没有视为效果；经政务办批准可以延长，总计不超过30个工作日（第七条（一））" in get("/rules/调/").tight
    )


def test_a_limit_that_is_our_choice_is_never_shown_as_the_regulations(get):
    """A 目标 of ours bears 法规未定期限, and its passing is no 逾期 in law."""
    chosen = [r for r in LAW_2016.duties if r.source is Source.CHOICE and isinstance(r.within, Workdays)]
    assert chosen
    found = articles.articles(articles.measure("调"), LAW_2016, READINGS)
    lines = {line.row.id: line for a in found for p in (a.whole, *a.parts) for line in p.lines}
    for row in chosen:
        assert lines[row.id].chosen and lines[row.id].source == "法规未定期限" and articles.TARGET in lines[row.id].otherwise
    for row in LAW_2016.duties:
        assert ("视为" in lines[row.id].otherwise.replace("没有视为效果", "")) is (row.otherwise is not None), row.id
        assert not (row.source is Source.CHOICE and lines[row.id].otherwise.startswith("逾期")), row.id
    assert "法规未定期限" in get("/rules/调/").text


def test_each_reading_stands_once_at_its_article_with_question_answer_and_that_it_is_ours(get):
    placed = [
        (a.gist.number, r) for a in articles.articles(articles.measure("调"), LAW_2016, READINGS) for p in (a.whole, *a.parts) for r in p.readings
    ]
    assert sorted(r.id for _, r in placed) == sorted(r.id for r in READINGS)
    assert all(r.article.startswith(number) for number, r in placed)
    page = get("/rules/调/")
    for r in READINGS:
        unbuilt = "" if r.built else "尚未实现"
        assert f"{r.question}本系统的处理方式{unbuilt}{r.answer}（{r.id}）".replace(" ", "") in page.tight, r.id


@pytest.mark.parametrize("code", [c for c in ALL if c not in EDITIONS])
def test_a_measure_that_is_not_built_says_so_at_each_article_that_waits(get, code):
    page = get(f"/rules/{code}/")
    assert "本系统尚未实现这个办法的职责和期限" in page.tight
    waiting = sum(bool(g.reserve) or not g.needs for g in ALL[code].GISTS)
    assert page.text.count("本系统尚未实现") == waiting + 1


def test_an_edition_that_is_to_come_is_named_and_does_not_hold_before_its_day(get, at, monkeypatch):
    coming = LAW_2016.amended(date(2027, 1, 1), {"D4": {"within": Workdays(7)}})
    monkeypatch.setitem(EDITIONS, "调", (LAW_2016, coming))
    with at("2026-12-31T23:59"):
        page = get("/rules/调/")
        assert "自2027年1月1日（周五）起有新的版本施行" in page.tight and "审核不同意5个工作日" in page.tight
    with at("2027-01-01T00:00"):
        page = get("/rules/调/")
        assert "审核不同意7个工作日" in page.tight and "有新的版本" not in page.text


def test_a_row_of_a_whole_article_and_of_an_unknown_part_is_not_lost():
    law = SimpleNamespace(rows=(must("A", "第八条", UNIT, "apply"), must("B", "第七条（九）", UNIT, "apply")))
    found = articles.articles(articles.measure("调"), law)
    assert [(a.gist.number, line.row.id) for a in found for line in a.whole.lines] == [("第七条", "B"), ("第八条", "A")]
    assert isinstance(law.rows[0], Must)


def test_an_unknown_measure_is_answered_in_chinese(get):
    page = get("/rules/无/")
    assert page.status == 404 and "没有“无”这一办法" in page.text


@pytest.mark.parametrize(("path", "queries"), [("/rules/", 0), ("/rules/调/", 0), ("/rules/考/", 0), ("/due/", 0), ("/due/?start=2016-09-30&n=5", 1)])
def test_the_pages_of_the_law_ask_the_database_nothing_but_which_calendar_is_in_force(client, django_assert_num_queries, path, queries):
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
