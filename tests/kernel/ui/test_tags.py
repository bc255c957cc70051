"""The tags that pages are written with."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from qingdan.kernel import clock

EVIL = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def on_14_june_2016():
    with clock.frozen("2016-06-14T10:20"):
        yield


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


# dates


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2016, 6, 17), "6月17日（周五）"),
        (date(2016, 10, 1), "10月1日（周六）"),
        (date(2017, 1, 3), "2017年1月3日（周二）"),
        (datetime(2016, 6, 16, 16, 30, tzinfo=UTC), "6月17日（周五）"),  # already the next day in Asia/Shanghai
    ],
)
def test_a_day_is_said_with_its_weekday_and_the_year_only_where_it_is_not_this_one(value, said):
    assert f">{said}</time>" in render("{% day d %}", d=value)
    assert render("{{ d|day }}", d=value) == said


def test_no_day_is_a_dash_and_a_table_has_the_iso_date():
    assert render("{% day d %}{{ d|day }}{{ d|iso }}{% moment d %}", d=None) == "————"
    assert render("{{ d|iso }}", d=date(2016, 6, 7)) == "2016-06-07"


def test_a_recorded_moment_is_said_in_the_time_of_shanghai():
    assert ">6月14日 08:05</time>" in render("{% moment d %}", d=datetime(2016, 6, 14, 0, 5, tzinfo=UTC))


# limits


def test_the_strip_draws_one_cell_a_day_and_says_the_same_as_text():
    page = render("{% strip a b %}", a=date(2016, 6, 7), b=date(2016, 6, 17))
    assert page.count('<g class="day') == 11
    assert page.count('class="hatch"') == 3 and page.count('class="dot"') == 1
    assert page.count('class="ring"') == page.count('class="flag"') == page.count('class="now"') == 1
    assert "为什么是这一天" in page and "端午节放假，不计" in page
    assert 'aria-label="6月7日（周二）起，7 个工作日，至 6月17日（周五）；今天 6月14日（周二）"' in page


def test_a_compact_strip_has_the_picture_and_its_label_only():
    page = render("{% strip a b compact=True %}", a=date(2016, 6, 7), b=date(2016, 6, 17))
    assert "<svg" in page and "aria-label" in page and "<details" not in page and "<title>" not in page


def test_a_closed_duty_shows_its_end_and_not_today():
    page = render("{% strip a b closed=c %}", a=date(2016, 6, 7), b=date(2016, 6, 17), c=date(2016, 6, 13))
    assert 'class="end"' in page and 'class="now"' not in page and "办结于" in page


def test_no_strip_without_two_days():
    assert render("{% strip a b %}", a=None, b=date(2016, 6, 17)).strip() == ""
    assert render("{% strip a b %}", a=date(2016, 6, 17), b=date(2016, 6, 7)).strip() == ""


@pytest.mark.parametrize(
    ("due", "source", "kind", "text"),
    [
        (date(2016, 6, 17), "regulation", "plain", "还有 3 个工作日"),
        (date(2016, 6, 15), "regulation", "near", "还有 1 个工作日"),
        (date(2016, 6, 14), "order", "near", "今天到期"),
        (date(2016, 6, 8), "regulation", "late", "逾期 3 个工作日"),  # 9 to 11 June are 端午节, the 12th is worked
        (date(2016, 6, 8), "choice", "choice", "超目标 3 个工作日"),
        (date(2016, 6, 17), "choice", "choice", "还有 3 个工作日"),
        (None, "regulation", "plain", "未定期限"),
    ],
)
def test_what_a_due_day_means_today_is_a_word_and_a_shape(due, source, kind, text):
    assert render("{% due_badge d source=s %}", d=due, s=source).strip() == f'<span class="badge {kind}">{text}</span>'


def test_a_limit_that_is_our_choice_is_never_called_逾期_however_its_source_is_given():
    assert "逾期" not in render("{% due_badge d source=s %}", d=date(2016, 6, 1), s=SimpleNamespace(name="CHOICE"))


def test_a_provisional_day_says_so():
    assert "日期暂定" in render("{% due_badge d provisional=True %}", d=date(2016, 6, 30))


def test_a_badge_of_an_unknown_kind_is_an_error_of_the_page_writer():
    with pytest.raises(ValueError, match="urgent"):
        render('{% badge "urgent" "x" %}')


# the regulation


def test_第七条三_its_gist_is_one_click_away():
    page = render('{% article "第七条（三）" %}')
    assert page.startswith("<details") and "审核" in page


def test_an_article_without_a_gist_is_still_cited():
    assert render('{% article "第九十九条" %}').strip() == '<span class="article">第九十九条</span>'
    assert "第七条（九十九）" in render('{% article "第七条（九十九）" %}')  # the article's own gist stands in


# forms


class Opinion(forms.Form):
    opinion = forms.ChoiceField(label="审核意见", choices=[("a", "同意"), ("b", "不同意")], widget=forms.RadioSelect, help_text="各自出具。")
    reason = forms.CharField(label="理由", widget=forms.Textarea, help_text="写明依据。")
    phone = forms.CharField(label="电话", required=False)
    sure = forms.BooleanField(label="已沟通")
    paper = forms.FileField(label="材料")
    key = forms.CharField(widget=forms.HiddenInput)


def test_a_field_has_its_label_above_its_help_and_its_error_tied_to_it():
    page = render("{% field form.reason %}", form=Opinion({}))
    assert '<label class="label" for="id_reason">理由' in page
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in page
    assert 'id="id_reason_helptext"' in page and 'id="id_reason_error"' in page
    assert 'aria-invalid="true"' in page and "required" in page
    assert page.index("理由") < page.index("写明依据") < page.index("<textarea")


def test_an_optional_field_carries_no_mark_and_a_good_one_no_error():
    page = render("{% field form.phone %}", form=Opinion({"phone": "0371"}))
    assert 'class="required"' not in page and "error" not in page and "describedby" not in page


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    page = render("{% field form.opinion %}", form=Opinion({}))
    assert "<fieldset" in page and "<legend" in page and 'aria-describedby="id_opinion_helptext id_opinion_error"' in page


@pytest.mark.parametrize(("text", "rows"), [("", 3), ("一\n二\n三\n四\n五", 6), ("字" * 400, 12), ("行\n" * 50, 18)])
def test_a_textarea_has_as_many_rows_as_its_text(text, rows):
    assert f'rows="{rows}"' in render("{% field form.reason %}", form=Opinion({"reason": text}))


def test_typed_text_comes_back_escaped():
    page = render("{% field form.reason %}{% field form.phone %}", form=Opinion({"reason": EVIL, "phone": EVIL}))
    assert "<script" not in page and page.count("&lt;script&gt;") == 2


def test_the_summary_links_every_error_to_its_field():
    form = Opinion({"reason": "有"})
    form.add_error(None, "案件刚刚有了变化。")
    page = render("{% form_errors form %}", form=form)
    links = [part.split('"')[0] for part in page.split('href="#')[1:]]
    assert links == ["id_opinion", "id_sure", "id_paper"]
    assert "案件刚刚有了变化。" in page and 'role="alert"' in page
    fields = "".join(render("{% field f %}", f=form[name]) for name in ("opinion", "sure", "paper"))
    assert all(f'id="{link}"' in fields for link in links)


def test_no_summary_without_errors_and_one_for_forms_that_are_sent_together():
    assert render("{% form_errors form %}", form=Opinion()).strip() == ""
    assert render("{% form_errors a b %}", a=Opinion({}), b=Opinion({}, prefix="b")).count('id="form-errors"') == 1


def test_the_button_says_what_follows():
    page = render('{% submit "提交并开始计时" c %}', c="政务办须于 6月12日前转办" + EVIL)
    assert 'class="button primary consequence"' in page and "<small>政务办须于 6月12日前转办" in page and "<script" not in page


# lists


def test_the_pager_keeps_the_filter_of_the_address():
    request = RequestFactory().get("/lists/", {"q": "许可&x", "page": "2"})
    page = render("{% pager p %}", p=Paginator(range(600), 8).page(2), request=request)
    assert "共 600 项，第 2 / 75 页" in page
    assert 'href="?q=%E8%AE%B8%E5%8F%AF%26x&amp;page=3"' in page and "page=1" in page


def test_one_page_has_a_count_and_no_links():
    page = render("{% pager p %}", p=Paginator(range(3), 8).page(1))
    assert "共 3 项" in page and "<a" not in page


def test_an_empty_list_says_what_to_do_and_can_stand_in_a_loop():
    assert "转来后会列在此处" in render('{% for x in xs %}{{ x }}{% empty %}{% empty "没有待办" "转来后会列在此处" %}{% endfor %}', xs=[])


# components


def test_facts_say_dates_and_truth_in_words():
    facts = [("日期", date(2016, 6, 7)), ("交叉事项", False), ("加急", True), ("备注", None), ("牵头", ["编办", "法制办"]), ("理由", EVIL)]
    page = render('{% include "ui/facts.html" %}', facts=facts)
    assert all(said in page for said in ("6月7日（周二）", "<dd>否</dd>", "<dd>是</dd>", "<dd>—</dd>", "编办、法制办"))
    assert "<script" not in page


def test_what_was_typed_ends_in_one_full_stop():
    for typed in ("已经废止", "已经废止。", " 已经废止； "):
        assert render("{{ typed|sentence }}", typed=typed) == "已经废止。"
    assert "<script" not in render("{{ typed|sentence }}", typed=EVIL)


def test_the_timeline_tells_the_law_from_people_and_the_legal_date_from_the_recorded_one():
    law = {"label": "视为同意", "on": date(2016, 6, 13), "recorded_at": clock.now(), "by_law": True, "article": "第八条"}
    person = {"label": "转办", "who": "政务办", "on": date(2016, 6, 6), "remark": EVIL}
    page = render('{% include "ui/timeline.html" %}', events=[person, law])
    assert page.count("依法") == 1 and page.count('class="by-law"') == 1
    assert "6月13日（周一）" in page and "记录于" in page and "6月14日 10:20" in page
    assert "<script" not in page


def test_第八条_an_open_duty_is_one_sentence_that_can_be_said_aloud():
    duty = {
        "office": "法制办", "name": "出具审核意见", "since": date(2016, 6, 12), "due": date(2016, 6, 17),
        "article": "第七条（三）", "otherwise": "视为同意", "otherwise_article": "第八条",
    }  # fmt: skip
    page = render('{% include "ui/duty.html" %}', duty=duty)
    said = "".join(part.split(">", 1)[-1] for part in page.split("</p>")[0].split("<")).strip()
    assert said == "法制办应于 6月17日（周五）前出具审核意见；逾期视为同意（第八条） 还有 3 个工作日"
    assert "<svg" in page


def test_a_duty_without_a_date_has_no_strip():
    page = render('{% include "ui/duty.html" %}', duty={"office": "政务办", "name": "告知结果", "due": None, "limit": "及时"})
    assert "应及时告知结果" in page and "<svg" not in page and "未定期限" in page
