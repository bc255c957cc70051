"""The public calculator: the date, why it is that date, and sentences for what cannot be counted."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_24_november_2026(at):
    with at("2026-11-24T09:00"):
        yield


def test_the_national_day_of_2016_is_counted_day_by_day(get):
    page = get("/due/", start="2016-09-30", n="5")
    assert "到2016年10月12日（周三）24时为止" in page.tight
    for said in (
        "2016年9月30日（周五）不计起算日，当天不计",
        "2016年10月1日（周六）不计国庆节放假",
        "2016年10月8日（周六）第1个调休上班（国庆节）",
        "2016年10月9日（周日）第2个",
        "2016年10月12日（周三）第5个工作日",
    ):
        assert said in page.tight
    assert "<svg" in page.html and "暂定" not in page.text
    assert 'value="2016-09-30"' in page.html and 'value="5"' in page.html
    assert page.title.startswith("5 个工作日到 2016-10-12")


def test_a_day_past_the_announced_years_is_provisional_with_earliest_and_latest(get):
    page = get("/due/", start="2026-12-28", n="10")
    assert "暂定" in page.text and "2027年的放假安排国务院尚未公布" in page.tight
    assert "最早" in page.text and "最晚" in page.text and "尚未公布放假安排" in page.text


def test_the_day_may_be_written_as_people_write_it_and_stays_as_typed(get):
    page = get("/due/", start="2016年9月30日", n=" 5 ")
    assert "到2016年10月12日（周三）" in page.tight and 'value="2016年9月30日"' in page.html


def test_nothing_is_asked_before_a_day_is_given_and_a_number_in_the_address_is_kept(get):
    page = get("/due/", n="5")
    assert page.status == 200 and "还不能提交" not in page.text and 'value="5"' in page.html
    assert "24时为止" not in get("/due/").tight


@pytest.mark.parametrize(
    ("start", "n", "said"),
    [
        ("昨天", "5", "“昨天”不是一个日期"),
        ("2016-02-30", "5", "“2016-02-30”不是一个日期"),
        ("2016-09-30", "", "请填写工作日数，例如 5。"),
        ("2016-09-30", "五天", "“五天”不能作为工作日数"),
        ("2016-09-30", "-1", "“-1”不能作为工作日数"),
        ("2016-09-30", "0", "“0”不能作为工作日数"),
        ("2016-09-30", "251", "“251”不能作为工作日数"),
        ("2016-09-30", "5.5", "“5.5”不能作为工作日数"),
        ("2016-09-30", "9" * 500, "不能作为工作日数"),
        ("2016-09-30", "²", "“²”不能作为工作日数"),
        ("1999-01-01", "5", "不能从 1999-01-01 计算工作日：放假安排自 2004-01-01 起收录"),
        ("9999-12-31", "5", "不能计算到期日：所得日期超出日历的最后一天"),
        ("<script>", "<b>", "不是一个日期"),
    ],
)
def test_what_cannot_be_counted_gets_a_sentence_and_what_was_typed_stays(get, start, n, said):
    page = get("/due/", start=start, n=n)
    assert page.status == 200 and said in page.text and "24时为止" not in page.tight
    typed = [line for line in page.html.split("<input") if 'name="start"' in line or 'name="n"' in line]
    assert start.replace("<", "&lt;").replace(">", "&gt;") in typed[0] and n.replace("<", "&lt;").replace(">", "&gt;") in typed[1]


def test_a_date_box_that_cannot_show_what_was_typed_becomes_a_text_box(get):
    assert 'type="text" name="start"' in get("/due/", start="昨天", n="5").html
    assert 'type="date" name="start"' in get("/due/", start="2016-09-30", n="5").html
    assert 'type="date" name="start"' in get("/due/").html
