"""S49 at the browser: one application of three items, handed in and referred in one go, and from there each on a course of its own."""

import pytest

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.verify import verify
from qingdan.lists.queries import current
from tests.measures.room import CODE, Room, owed, told
from tests.world import make_district

from .desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)

REFUSED = "410105-027-01-002-00"
CHARGE = "410105-027-02-001-00"
CAUSE = [("cause", "条例修改"), ("evidence", "公报第 12 号"), ("reason", "依新条例"), ("contact", "甲 63526000"), ("cause_day", "2016-06-01")]


@pytest.fixture
def items():
    room = Room(make_district())
    return {code: room.put(kind=kind, code=code, name=name) for kind, code, name in
            (("权责", CODE, "占道许可"), ("权责", REFUSED, "广告许可"), ("收费", CHARGE, "占道收费"))}  # fmt: skip


@pytest.fixture
def desk(page, live_server):
    return Desk(page, live_server)


def add(desk, list_name, move, code, promised=""):
    """One item from the page of the application and back to it. The cause is typed with the first; the others bring it along."""
    page = desk.page
    page.get_by_role("link", name="加入一个事项").click()
    page.locator("[name=list_kind]").select_option(label=list_name)
    page.locator("[name=move]").select_option(move)
    page.get_by_label("事项编码").fill(code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/adjustment/apply/**")
    if not page.locator("[name=cause]").input_value():
        page.get_by_label("属于哪一种情形").select_option("第五条（二）")
        for name, text in CAUSE:
            page.locator(f"[name={name}]").fill(text)
    if promised:
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        page.locator("[name='f-promised']").fill(promised)
    page.get_by_role("button", name="存入这份申请").click()
    page.wait_for_url("**/adjustment/gather/**")


def hand_in(desk):
    """第七条（一）: three items over two lists, one 申请; the numbers of its cases in their order."""
    page = desk.page
    desk.enter("cg_1", "2016-06-07")
    page.goto(f"{desk.url}/adjustment/gather/new/")
    add(desk, "行政权责清单", "变更", CODE, "3")
    add(desk, "行政权责清单", "变更", REFUSED, "1")
    add(desk, "行政事业性收费清单", "取消", CHARGE)
    assert page.inner_text("main").count("可以提交") == 3
    page.locator("[name=title]").fill("依新条例一并调整")
    page.get_by_role("button", name="全部提交并开始计时").click()
    page.wait_for_url("**/adjustment/group/**")
    return page.url, [link.inner_text() for link in page.locator("table a").all()]


def together(desk, address, act, opinion=""):
    """One act in all cases of the application that await it."""
    page = desk.page
    page.goto(address)
    page.get_by_role("link", name=act).click()
    if opinion:
        page.locator("[name=opinion]").fill(opinion)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/adjustment/group/**")


def test_第七条_一份申请三个事项_一个公布_一个不予核准_一个撤回(desk, items):
    page = desk.page
    address, titles = hand_in(desk)
    assert titles == ["变更：占道许可", "变更：广告许可", "取消：占道收费"]
    first, second, third = Case.objects.filter(place__isnull=False).order_by("place__n")

    desk.enter("zwb_1", "2016-06-12")
    together(desk, address, "转办", "请审核。")
    assert [{office for _, office, _ in owed(case)} for case in (first, second, third)] == [{"bb", "fzb"}, {"bb", "fzb"}, {"czj"}]

    desk.enter("cg_1", "2016-06-13")
    desk.act(third.number, "撤回", [("opinion", "收费另行报批。")])
    for lead in ("bb_1", "fzb_1"):
        desk.enter(lead, "2016-06-14")
        together(desk, address, "审核同意", "同意。")
    desk.enter("zwb_1", "2016-06-15")
    desk.act(first.number, "核准", [("opinion", "核准。")])
    desk.act(second.number, "不予核准", [("opinion", "一个工作日内无法完成现场勘验。")])
    page.goto(address)
    shown = page.inner_text("main")
    assert shown.count("城管局：") == shown.count("6月16日") == 3

    desk.enter("cg_1", "2016-06-16")
    desk.act(first.number, "确认无异议")
    desk.act(second.number, "对不予核准无异议")
    desk.enter("zwb_1", "2016-06-17")
    desk.act(first.number, "转告公布")
    desk.enter("dzzw_1", "2016-06-17")
    desk.publish(first.number, CODE, "2016-06-17")
    desk.enter("cg_1", "2016-06-17")
    desk.update_own_site(first.number)

    assert [current(items[code]).number for code in (CODE, REFUSED, CHARGE)] == [2, 1, 1]
    assert [told(case)[-1][0] for case in (first, second, third)] == ["update_own_site_to_file", "accept_refusal", "withdraw"]
    page.context.clear_cookies()
    page.goto(f"{desk.url}/item/{CODE}")
    assert "3 个工作日" in page.inner_text("main")
    page.goto(f"{desk.url}/item/{CHARGE}")
    assert "占道收费" in page.inner_text("h1") and "取消" not in page.inner_text("h1")
    assert verify().fault is None
