"""The small script and the style sheet in a real browser: pages come from memory, under the product's own content policy."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from django.urls import path
from playwright.sync_api import expect

from qingdan.kernel import clock
from qingdan.kernel.policy.middleware import CSP

SITE = "http://qingdan.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
urlpatterns = [path("nothing/", lambda request: None)]


class Opinion(forms.Form):
    opinion = forms.ChoiceField(label="审核意见", choices=[("", "请选择"), ("a", "同意"), ("b", "不同意")])
    reason = forms.CharField(label="理由", widget=forms.Textarea, help_text="写明依据。")
    sure = forms.BooleanField(label="已与申请单位沟通", required=False)
    secret = forms.CharField(label="口令", widget=forms.PasswordInput, required=False)


FORM = """{% extends "ui/desk.html" %}{% load ui %}{% block title %}出具审核意见{% endblock %}{% block content %}
<form method="post" class="form" data-draft="opinion-11">{% form_errors form %}{% for f in form %}{% field f %}{% endfor %}
<div class="actions">{% submit "出具审核意见" "提交后不能撤回" name="act" value="agree" %}</div></form>{% endblock %}"""
DONE = """{% extends "ui/desk.html" %}{% load ui %}{% block title %}案件{% endblock %}{% block content %}
{% include "ui/message.html" with message=said only %}<a id="again" href="/form">再次填写</a>{% endblock %}"""
LOGIN = """{% extends "ui/public.html" %}{% block title %}登录{% endblock %}{% block content %}<a id="in" href="/form">登录</a>{% endblock %}"""
WIDE = """{% extends base %}{% load ui %}{% block title %}关于进一步压缩医疗机构执业登记承诺时限的调整申请{% endblock %}{% block content %}
{% include "ui/duty.html" with duty=duty only %}{% strip a b %}{% badge "late" "逾期 30 个工作日" %}
<form class="toolbar"><div class="field"><label class="label" for="q">查找</label><input type="search" id="q"></div><select><option>
郑州市金水区行政审批和公共服务标准化管理委员会办公室</option></select></form>
<table class="list cards"><thead><tr><th>事项</th><th>编码</th><th>期限</th></tr></thead><tbody><tr><td><a href="#">户外广告设置审批</a></td>
<td data-label="编码">41010500016241010500016241010500016241010500</td><td data-label="期限">{% strip a b compact=True %}</td></tr></tbody></table>
{% include "ui/facts.html" with facts=facts only %}{% include "ui/timeline.html" with events=events only %}
{% for f in form %}{% field f article="第七条（三）" %}{% endfor %}
{% submit "提交并开始计时" "政务办须于 6月12日（周日）前转办；逾期记入收而不审" %}{% endblock %}"""


class Site:
    """What the browser is answered: pages by path, and the forms that it sent."""

    def __init__(self):
        self.sent, self.answer, self.person = [], "done", "wang"

    def render(self, source, **context):
        request = RequestFactory().get("/")
        known = SimpleNamespace(is_authenticated=True, name="王建国", username=self.person)
        request.user, request.post, request._messages = known if self.person else AnonymousUser(), None, []
        return engines["django"].from_string(source).render(context, request)

    def page(self, request):
        where = urlsplit(request.url).path
        if request.method == "POST":
            data = {k: v[0] for k, v in parse_qs(request.post_data or "").items()}
            self.sent.append(data)
            if self.answer == "refuse":
                return self.render(FORM, form=Opinion(data))
            if self.answer == "expired":
                return Site.render(SimpleNamespace(person=""), LOGIN)
            return self.render(DONE, said=SimpleNamespace(level_tag="success"))
        if where == "/form":
            return self.render(FORM, form=Opinion())
        return self.render(WIDE, base=f"ui{where}.html", form=Opinion({}), **self.wide())

    def wide(self):
        since, due = date(2016, 6, 7), date(2016, 6, 17)
        duty = {"office": "区机构编制委员会办公室", "act": "出具审核意见", "since": since, "due": due, "article": "第七条（三）",
                "otherwise": "视为同意", "otherwise_article": "第八条"}  # fmt: skip
        event = {"label": "视为同意", "on": due, "by_law": True, "recorded_at": clock.now(), "article": "第八条", "remark": "未出具审核意见。" * 9}
        return {"duty": duty, "a": since, "b": due, "facts": [("依据", "《中华人民共和国食品安全法》第三十五条" * 4)], "events": [event]}

    def handle(self, route):
        where = urlsplit(route.request.url).path
        if where.startswith("/static/"):
            file = Path(finders.find(where.removeprefix("/static/")))
            return route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix], headers={"Content-Security-Policy": CSP})
        route.fulfill(body=self.page(route.request), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": CSP})


@pytest.fixture
def site(page, settings):
    settings.ROOT_URLCONF = __name__
    site, troubles = Site(), []
    page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: troubles.append(str(e)))
    page.route("**/*", site.handle)
    clock.set_fixed("2016-08-30T10:00")
    yield site
    assert troubles == []  # the content policy among them


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("base", ["desk", "public"])
def test_no_page_overflows_sideways_even_with_everything_open(page, site, base, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{SITE}/{base}")
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_rows_become_cards_that_name_their_values(page, site):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{SITE}/desk")
    assert page.eval_on_selector("td[data-label=编码]", "td => getComputedStyle(td, '::before').content") == '"编码"'
    assert page.eval_on_selector("tbody tr", "tr => getComputedStyle(tr).display") == "block"


def test_the_first_stop_of_the_keyboard_is_the_skip_link(page, site):
    page.goto(f"{SITE}/desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_paper_shows_the_reasons_of_every_date_and_no_navigation(page, site):
    page.goto(f"{SITE}/desk")
    page.emulate_media(media="print")
    assert page.locator(".reasons li").first.is_visible()
    assert not page.locator(".rail").is_visible() and not page.locator("button.primary").is_visible()


def fill(page):
    page.goto(f"{SITE}/form")
    page.select_option("[name=opinion]", "b")
    page.fill("[name=reason]", "依据已经修改。")
    page.check("[name=sure]")
    page.fill("[name=secret]", "不该留下")


def test_the_value_of_the_pressed_button_is_sent(page, site):
    fill(page)
    page.click("button.primary")
    expect(page.locator("#again")).to_be_visible()
    assert [s["act"] for s in site.sent] == ["agree"]


def test_a_form_pressed_twice_is_sent_once(page, site):
    fill(page)
    page.evaluate("""() => { window.sent = 0; window.addEventListener("submit", (e) => { sent += !e.defaultPrevented; e.preventDefault(); }); }""")
    page.eval_on_selector("form.form", "f => { f.querySelector('button.primary').click(); f.requestSubmit(); }")
    assert page.evaluate("sent") == 1
    page.wait_for_function("document.querySelector('button.primary').disabled")


def test_typed_text_comes_back_after_the_session_ended_but_no_password(page, site):
    site.answer = "expired"
    fill(page)
    page.click("button.primary")
    page.click("#in")
    expect(page.locator("[name=reason]")).to_have_value("依据已经修改。")
    expect(page.locator("[name=opinion]")).to_have_value("b")
    expect(page.locator("[name=sure]")).to_be_checked()
    expect(page.locator("[name=secret]")).to_have_value("")
    expect(page.get_by_text("已恢复上次未提交的文字")).to_be_visible()


def test_another_person_at_the_same_desk_does_not_get_the_text(page, site):
    fill(page)
    site.person = "li"
    page.goto(f"{SITE}/form")
    expect(page.locator("[name=reason]")).to_have_value("")


def test_restored_text_can_be_put_away(page, site):
    fill(page)
    page.goto(f"{SITE}/form")
    page.get_by_text("不要这些文字").click()
    page.goto(f"{SITE}/form")
    expect(page.locator("[name=reason]")).to_have_value("")


def test_after_the_act_was_recorded_the_next_form_is_empty(page, site):
    fill(page)
    page.click("button.primary")
    page.click("#again")
    expect(page.locator("[name=reason]")).to_have_value("")
    assert not page.get_by_text("已恢复").is_visible()


def test_a_refused_form_keeps_the_text_and_puts_the_reader_at_the_errors(page, site):
    site.answer = "refuse"
    page.goto(f"{SITE}/form")
    page.fill("[name=reason]", "只写了理由。")
    page.eval_on_selector("form.form", "f => f.noValidate = true")
    page.click("button.primary")
    page.wait_for_selector("#form-errors")
    expect(page.locator("[name=reason]")).to_have_value("只写了理由。")
    assert page.evaluate("document.activeElement.id") == "form-errors"
    assert page.get_attribute("#form-errors a", "href") == "#id_opinion"


def test_the_product_works_with_scripts_turned_off(browser, settings):
    settings.ROOT_URLCONF = __name__
    site = Site()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", site.handle)
    fill(page)
    page.click("button.primary")
    expect(page.locator("#again")).to_be_visible()
    assert site.sent[0]["reason"] == "依据已经修改。"
    context.close()
