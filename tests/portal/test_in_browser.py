"""On a phone 360 px wide, without script and without a mouse: every public page fits, asks nobody else, and is reached by keyboard."""

import os

import pytest

from qingdan.lists.schema import LISTS
from tests.lists.samples import complete

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs an event loop in this thread
CODE = "410105-001-01-001-00"
NATIONAL = "51160200000012-511602000000-000-11511602008687470E-1-00"
PATHS = [
    "/", "/?q=审批", "/list/shenpi/", "/list/shoufei/", "/list/shenpi/?on=2099-01-01&category=02", f"/item/{CODE}", f"/item/{NATIONAL}/v/1",
    "/item/nothing", "/list/shenpi/compare?from=2016-01-01", f"/item/{CODE}/compare", "/list/shenpi/?known=2016-01-01", "/rules/", "/rules/调/", "/rules/考/", "/due/?start=2099-12-28&n=30", "/due/?start=昨天&n=五天", "/write/figures/",
]  # fmt: skip


@pytest.fixture
def filled(transactional_db, put):
    long = {"basis": "《关于进一步深化相对集中行政许可权改革工作的实施意见》第三十五条第二款第（一）项\n" * 9, "materials": "材料" * 300}
    contents = (complete("审批", code, "审批事项" + "很长的名称" * 12) | long for code in (CODE, NATIONAL))
    put("审批", *contents)
    for kind in LISTS:
        put(kind, complete(kind, f"410105-{kind}-2"))


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_every_page_fits_a_phone_and_asks_nobody_else(filled, live_server, phone):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        phone.goto(live_server.url + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert phone.locator("h1").count() == 1 and phone.locator("h1").is_visible()
    assert asked and all(url.startswith(live_server.url) for url in asked)


def test_from_home_to_an_item_in_two_steps_by_keyboard_alone(filled, live_server, phone):
    """P-J1: one search, one link."""
    phone.goto(live_server.url)
    for _ in range(12):
        phone.keyboard.press("Tab")
        if phone.locator("#q:focus").count():
            break
    phone.keyboard.type(NATIONAL)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/?q=*")
    for _ in range(12):
        phone.keyboard.press("Tab")
        if phone.locator(".items a:focus").count():
            break
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"**/item/{NATIONAL}")
    assert phone.locator("h1").inner_text().startswith("审批事项很长的名称")


def test_paper_shows_the_day_of_the_list_and_a_table(filled, live_server, phone):
    phone.emulate_media(media="print")
    phone.set_viewport_size({"width": 700, "height": 1000})
    phone.goto(f"{live_server.url}/list/shenpi/?on=2099-01-01")
    assert phone.get_by_text("这是 2099年1月1日 的清单").is_visible()
    assert not phone.locator("form.toolbar").is_visible()
    heads, cells = phone.locator("thead th").all(), phone.locator("tbody tr:first-child > *").all()
    assert [round(c.bounding_box()["x"]) for c in cells] == [round(h.bounding_box()["x"]) for h in heads]
