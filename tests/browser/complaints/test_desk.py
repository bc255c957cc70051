"""A visit registered, handed on, asked for evidence, taken up with its papers; and one that is refused: at the desk, on a phone's width, without script."""

import re

import pytest

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.verify import verify
from tests.browser.desk import Desk
from tests.kernel.files.samples import PNG
from tests.measures.complaints.room import give_roles, owed
from tests.world import make_district

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "窗口收了钱，没有给票据。"


@pytest.fixture(scope="module")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 360, "height": 800}, "java_script_enabled": False}


@pytest.fixture
def desk(page, live_server, transactional_db):
    give_roles(make_district())
    return Desk(page, live_server)


def fits(page):
    """Without script nothing can be measured in the page: what is drawn is as wide as the screen."""
    shot = page.screenshot(full_page=True)
    assert int.from_bytes(shot[16:20], "big") <= 360, page.url


def registered(desk, day, **changes):
    page = desk.page
    desk.enter("zwb_1", day)
    page.goto(f"{desk.url}/complaints/new/")
    fits(page)
    told = {"channel": "visit", "respondent_kind": "organ"} | changes.pop("chosen", {})
    for name, value in told.items():
        page.locator(f"[name={name}]").select_option(value)
    for name in ("id_shown", "confidential"):
        page.locator(f"[name={name}]").check()
    for name, text in {"place": "政务大厅投诉室", "name": "某市民", "phone": "13800000000", "text": TEXT}.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_label("该办的不办，或者不按清单写的条件、流程、时限、环节办").check()
    page.locator("[name=materials]").set_input_files({"name": "照片.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="登记").click()
    words = page.inner_text("main")
    assert re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}\b", words), words
    page.get_by_role("link", name="到投诉").click()
    return page.inner_text("h1").split()[-1]


def do(desk, number, button, **fill):
    page = desk.page
    page.goto(f"{desk.url}/complaints/{number}/")
    fits(page)
    page.get_by_role("link", name=re.compile(f"^{button}")).click()
    fits(page)
    for name, text in fill.items():
        field = page.locator(f"[name={name}]")
        field.select_option(text) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(text)
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/complaints/**")
    assert page.locator(".form-errors").count() == 0, page.inner_text("main")


def test_第十条_当面投诉_批转_补正_受理_文书(desk):
    """On paper across National Day 2016: received 09-28, taken up 10-09, so to be settled by 11-04 (20 工作日)."""
    number, page = registered(desk, "2016-09-28"), desk.page
    do(desk, number, "批转")
    desk.enter("fzb_1", "2016-09-30")
    do(desk, number, "发出补正通知", words="请提供付款记录。")
    desk.enter("fzb_1", "2016-10-08")
    do(desk, number, "收到初步证据", words="寄来付款记录。")
    desk.enter("fzb_1", "2016-10-09")
    do(desk, number, "受理")
    case = Case.objects.get(number=number)
    assert owed_of(case) == [("D18", "fzb", "11-04")]
    page.get_by_role("button", name="制作《受理告知书》").click()
    assert "已制作《受理告知书》" in page.inner_text("main")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="查看内容（会记录）").click()
    assert TEXT in popup.value.inner_text("main") and "某市民" not in popup.value.inner_text("main")
    assert verify().fault is None


def test_第六条_不予受理_写明依据理由和告知方式(desk):
    number = registered(desk, "2016-09-12")
    do(desk, number, "批转")
    desk.enter("fzb_1", "2016-09-13")
    do(desk, number, "不予受理", ground="6-2", words="已经进入行政复议。", way="query")
    assert "第六条（二）" in desk.page.inner_text("main") and owed_of(Case.objects.get(number=number)) == []


def owed_of(case):
    return owed(type("C", (), {"case": case}))
