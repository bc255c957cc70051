"""A clerk's day with the keyboard alone: no click anywhere."""

import pytest
from playwright.sync_api import expect

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.ledger.ticking import tick
from tests.conftest import make_district
from tests.measures.room import Room


@pytest.fixture
def keys(page, live_server):
    """Types keys; the clerk of 政务办 has come in with them."""
    room = Room(make_district())
    for item in [room.put(code=f"410105-027-02-00{n}-00", name=f"事项{n}") for n in range(3)]:
        room.apply("06-07", item, promised="3")
    clock.set_fixed("2016-06-08T10:00")
    tick()

    def press(*what):
        for key in what:
            page.keyboard.press(key)

    page.goto(f"{live_server.url}/desk/login/")
    expect(page.get_by_label("用户名")).to_be_focused()  # by itself, though a little after the page is there
    page.keyboard.type("zwb_1")
    press("Tab")
    page.keyboard.type("p")
    press("Enter")
    page.wait_for_url("**/desk/")
    return press


def focused(page):
    return page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")


def tab_to(page, press, name):
    for _ in range(60):
        press("Tab")
        if focused(page).startswith(name):
            return
    raise AssertionError(f"{name} is not reached with Tab")


@pytest.mark.django_db(transaction=True)
def test_一天的办理_只用键盘(page, keys):
    keys("j", "Enter")
    page.wait_for_url("**/desk/cases/*/")
    tab_to(page, keys, "转办")
    keys("Enter")
    page.wait_for_url("**/refer/")
    tab_to(page, keys, "opinion")
    page.keyboard.type("请审核。 j k g a")  # letters are letters while one types
    keys("Control+Enter")
    page.wait_for_url("**/desk/cases/*/")
    assert Obligation.objects.filter(row="D3", how="done").count() == 1 and "已办理" in page.inner_text("main")

    keys("g", "d")
    page.wait_for_url("**/desk/")
    keys("b")
    page.wait_for_url("**/together/")
    tab_to(page, keys, "转办（2 件）")
    keys("Enter")
    page.wait_for_url("**/together/refer/")
    tab_to(page, keys, "全选")
    keys("Enter", "Shift+Tab")
    tab_to(page, keys, "转办")
    keys("Enter")
    page.wait_for_url("**/together/")
    assert Obligation.objects.filter(row="D3", how="done").count() == 3 and "已办理“转办” 2 件" in page.inner_text("main")

    keys("g", "a")
    page.wait_for_url("**/desk/cases/")
    keys("/")
    page.keyboard.type("事项1")
    keys("Enter")
    page.wait_for_url("**/desk/cases/?*")
    keys("j", "Enter")
    page.wait_for_url("**/desk/cases/*/")
    assert Case.objects.get(title="变更：事项1").number in page.inner_text("main")


@pytest.mark.django_db(transaction=True)
def test_快捷键有说明_单个字母的可以关掉(page, keys):
    keys("?")
    assert "到“案件”" in page.inner_text("dialog.keys")
    tab_to(page, keys, "")
    page.get_by_label("使用单个字母的快捷键").focus()
    keys("Space", "Escape")
    assert not page.locator("dialog.keys").is_visible()
    keys("g", "a")
    page.wait_for_timeout(300)
    assert page.url.endswith("/desk/")
    page.reload()
    keys("g", "a")
    page.wait_for_timeout(300)
    assert page.url.endswith("/desk/"), "also after the page was opened again"
    keys("?", "Tab")
    assert page.locator("dialog.keys").is_visible()
