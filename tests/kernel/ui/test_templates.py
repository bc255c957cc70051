"""Every template renders, nothing is inline, and the colours can be read."""

import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import Context, engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import include, path

import qingdan
from qingdan.kernel.ui import context
from qingdan.kernel.ui.context import chrome

UI = Path(context.__file__).parent
OURS = sorted(str(p.relative_to(UI / "templates")) for p in (UI / "templates").rglob("*.html"))
EVERY = sorted(Path(qingdan.__file__).parent.rglob("templates/**/*.html"))
STYLES = UI / "static" / "ui"
INLINE = re.compile(r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:""", re.I)

# Addresses for the navigation: the URL names of the product, answering nothing.
_named = {
    "desk": ["inbox", "cases", "login", "logout"],
    "portal": ["home", "rules"],
    "lists": ["import"],
}
urlpatterns = [
    path(f"{app}/", include(([path("" if name == "home" else f"{name}/", lambda r: None, name=name) for name in names], app)))
    for app, names in _named.items()
]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = __name__


def request_of(user, path="/desk/inbox/", post=None):
    request = RequestFactory().get(path)
    request.user, request.post = user, post
    request._messages = []
    return request


def person(**more):
    return SimpleNamespace(is_authenticated=True, is_active=True, name="王建国", username="wang", **more)


@pytest.mark.parametrize("name", OURS)
def test_every_template_renders_with_and_without_a_signed_in_person(name):
    for user in (AnonymousUser(), person()):
        page = get_template(name).render({"form": None, "page": None}, request_of(user))
        assert "{%" not in page and "{{" not in page and not INLINE.search(page)


@pytest.mark.parametrize("file", EVERY, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_template_of_any_room_has_inline_style_script_or_handler(file):
    assert not INLINE.search(file.read_text("utf-8"))


def test_no_page_asks_another_site_for_anything():
    for file in [*EVERY, *STYLES.iterdir()]:
        for address in re.findall(r"https?://[^\s\"')]+", file.read_text("utf-8")):
            assert address == "http://www.w3.org/2000/svg", file


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "405", "409", "500"])
def test_an_error_page_says_what_why_and_what_to_do(code):
    page = render_to_string(f"{code}.html", {}, request_of(AnonymousUser()) if code in ("403", "404", "405", "409") else None)
    body = page.split("<main")[1].split("</main>")[0]
    trouble = body.split('class="trouble"')[1]
    assert re.search(r"<h1>[^<]{4,}</h1>\s*<p>[^<]{10,}</p>\s*<p class=\"todo\">请[^<]{8,}</p>", trouble)
    assert '<a class="button"' in body


def test_a_refusal_of_the_ledger_is_shown_in_its_own_words_and_escaped():
    refused = SimpleNamespace(what="现在不能核准", why="法制办尚未出具审核意见（第七条（三））<b>", todo="请等审核意见")
    page = render_to_string("409.html", {"refused": refused}, request_of(person()))
    assert "现在不能核准" in page and "请等审核意见" in page and "&lt;b&gt;" in page and "别人已经办理" not in page


def test_the_page_of_a_broken_server_needs_no_context():
    page = get_template("500.html").template.render(Context({}))
    assert "没有写入任何内容" in page


def test_the_title_is_said_again_as_the_only_h1():
    source = '{% extends "ui/desk.html" %}{% block title %}案件<{{ n }}>{% endblock %}{% block content %}正文{% endblock %}'
    page = engines["django"].from_string(source).render({"n": "<b>"}, request_of(person()))
    assert page.count("<h1>") == 1 and "<h1>案件<&lt;b&gt;></h1>" in page and "<title>案件" in page


def test_sign_out_is_a_post_form_with_a_token():
    page = render_to_string("ui/desk.html", {}, request_of(person(), post=None))
    form = page.split("<form")[1].split("</form>")[0]
    assert 'method="post"' in form and "csrfmiddlewaretoken" in form and "/desk/logout/" in form


def test_every_page_has_language_landmarks_and_a_skip_link():
    for name in ("ui/desk.html", "ui/public.html"):
        page = render_to_string(name, {}, request_of(person()))
        assert 'lang="zh-Hans"' in page and 'href="#content"' in page
        assert page.count("<main") == 1 and '<main id="content"' in page and "<nav aria-label=" in page and "<header" in page


def test_the_banner_of_the_demonstration_is_a_template_named_in_the_settings(settings):
    settings.UI_BANNER = "ui/empty.html"
    assert 'class="empty"' in render_to_string("ui/desk.html", {}, request_of(person()))


# navigation


def labels(entries):
    return [e["label"] for e in entries]


def test_nobody_is_led_to_a_page_that_is_closed_to_him(monkeypatch):
    assert labels(chrome(request_of(person(), post=None))["chrome"]["desk"]) == ["清单", "规则"]
    everyone = SimpleNamespace(opens_to=lambda *_: True)
    monkeypatch.setattr(context, "audience_of", lambda name: everyone)
    assert labels(chrome(request_of(person()))["chrome"]["desk"]) == ["待办", "案件", "清单", "导入", "规则"]
    monkeypatch.setattr(context, "audience_of", lambda name: None)
    assert chrome(request_of(person()))["chrome"]["desk"] == []


def test_an_entry_without_an_address_is_left_out_and_strangers_see_no_desk(settings, monkeypatch):
    monkeypatch.setattr(context, "audience_of", lambda name: SimpleNamespace(opens_to=lambda *_: True))
    assert chrome(request_of(AnonymousUser()))["chrome"]["desk"] == []
    monkeypatch.setattr(context, "DESK", (("待办", ("desk:inbox",)), ("投诉", ("complaints:inbox",))))
    assert labels(chrome(request_of(person()))["chrome"]["desk"]) == ["待办"]


def test_the_entry_of_the_present_page_is_current(monkeypatch):
    monkeypatch.setattr(context, "audience_of", lambda name: SimpleNamespace(opens_to=lambda *_: True))
    entries = chrome(request_of(person(), path="/portal/rules/tiao/"))["chrome"]["desk"]
    assert [e["label"] for e in entries if e["current"]] == ["规则"]


def test_the_rail_names_person_and_office(monkeypatch):
    monkeypatch.setattr(context, "audience_of", lambda name: None)
    post = SimpleNamespace(office=SimpleNamespace(short="法制办"))
    page = render_to_string("ui/desk.html", {}, request_of(person(), post=post))
    assert '<span class="me-name">王建国</span><span class="me-office">法制办</span>' in page
    assert 'class="me"' not in render_to_string("ui/desk.html", {}, request_of(AnonymousUser()))


# styles


def tokens(scheme):
    source = (STYLES / "tokens.css").read_text("utf-8")
    light, dark = source.split("@media (prefers-color-scheme: dark)")
    read = lambda text: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", text))  # noqa: E731
    return read(light) | (read(dark) if scheme == "dark" else {})


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


READ = [
    *product(["ink", "muted", "blue", "red", "amber", "green"], ["paper", "wash"]),
    ("blue-deep", "blue-wash"), ("ink", "blue-wash"), ("ink", "red-wash"), ("ink", "amber-wash"), ("ink", "green-wash"),
    ("amber", "amber-wash"), ("green", "green-wash"), ("on-act", "act"), ("on-act", "act-deep"), ("on-late", "red"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_stands_out_from_its_ground_by_4_5_to_1(scheme, text, ground):
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_and_cells_stand_out_by_3_to_1(scheme):
    colours = tokens(scheme)
    assert contrast(colours["edge"], colours["paper"]) >= 3


def test_a_public_page_is_under_100_kilobytes_with_all_it_loads():
    page = render_to_string("ui/public.html", {}, request_of(AnonymousUser()))
    loaded = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert "ui/public.css" in loaded and not any("htmx" in name for name in loaded)
    assert sum(Path(finders.find(name)).stat().st_size for name in set(loaded)) + len(page.encode()) < 100_000


def test_everything_that_a_page_loads_exists():
    for name in OURS:
        for static in re.findall(r'{% static "([^"]+)" %}', (UI / "templates" / name).read_text("utf-8")):
            assert finders.find(static), (name, static)


def test_every_class_of_our_templates_has_a_style():
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join(p.read_text("utf-8") for p in STYLES.glob("*.css"))))
    for name in OURS:
        source = re.sub(r"{[%{].*?[%}]}", " ", (UI / "templates" / name).read_text("utf-8"))
        used = {c for found in re.findall(r'class="([^"]*)"', source) for c in found.split()}
        assert used <= styled, (name, used - styled)
