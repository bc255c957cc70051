"""The turns of 第七条 as the offices live them at the browser: an objection that ends in publication, a joint review that one lead does not sign."""

import pytest

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.verify import verify
from tests.measures.room import CODE, Room, owed, told
from tests.world import make_district

from .desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page, live_server):
    return Desk(page, live_server)


@pytest.fixture
def item():
    return Room(make_district()).put()


def applied(desk, days="3"):
    """第七条（一）: 06-07, for an event of 06-01; the promised limit shall be shorter."""
    page = desk.page
    desk.enter("cg_1", "2016-06-07")
    page.goto(f"{desk.url}/adjustment/apply/?list_kind=权责&move=变更&code={CODE}")
    page.get_by_label("属于哪一种情形").select_option("第五条（二）")
    for name, text in [("cause", "条例修改"), ("evidence", "公报第 12 号"), ("reason", "压缩时限"), ("contact", "甲 63526000")]:
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=cause_day]").fill("2016-06-01")
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.locator("[name='f-promised']").fill(days)
    page.get_by_role("button", name="提交并开始计时").click()
    page.wait_for_url("**/desk/cases/*/")
    return page.locator(".number").inner_text()


def test_第七条五_异议经复审到公布(desk, item):
    """Approved otherwise than asked; the unit objects, another body reviews, the conclusion is final and is what the citizen reads."""
    page, number = desk.page, applied(desk)
    desk.enter("zwb_1", "2016-06-12")
    desk.act(number, "转办", check=["法制办"])
    desk.enter("fzb_1", "2016-06-13")
    desk.act(number, "修改后同意", [("opinion", "两个工作日足够。")])
    desk.enter("zwb_1", "2016-06-15")
    desk.act(number, "修改后核准", [("opinion", "按两个工作日核准。"), ("f-promised", "2")])
    desk.enter("cg_1", "2016-06-16")
    assert "2 个工作日" in desk.case(number)
    desk.act(number, "提出异议", [("opinion", "两个工作日办不完。")])
    desk.act(number, "提交复审意见", [("opinion", "现场勘验就要一天，请按三个工作日。")])
    desk.enter("zwb_1", "2016-06-17")
    desk.act(number, "交付复审", check=["编办"])
    desk.enter("bb_1", "2016-06-20")
    desk.act(number, "复审同意", [("opinion", "同意按三个工作日。")])
    desk.enter("zwb_1", "2016-06-21")
    desk.act(number, "复审结论：调整", [("opinion", "采纳申请单位意见。"), ("f-promised", "3")])
    desk.act(number, "转告公布")
    desk.enter("dzzw_1", "2016-06-22")
    desk.publish(number, CODE, "2016-06-22")
    desk.enter("cg_1", "2016-06-22")
    desk.update_own_site(number)

    case = Case.objects.get(number=number)
    assert [act for act, *_ in told(case)][5:9] == ["object", "request_review", "refer_review", "review_agree"]
    page.context.clear_cookies()
    page.goto(f"{desk.url}/item/{CODE}")
    assert "3 个工作日" in page.inner_text("main")
    assert verify().fault is None


def test_第七条三_联合会审_一个牵头部门不会签_意见照样成立(desk, item):
    """The chief lead announces 交叉事项, the office convenes; one lead signs, one is silent: 未会签, and nothing is deemed."""
    page, number = desk.page, applied(desk)
    desk.enter("zwb_1", "2016-06-12")
    page.goto(f"{desk.url}/desk/cases/{number}/")
    page.get_by_role("link", name="转办").first.click()
    for lead in ("法制办", "编办"):
        page.get_by_label(lead, exact=True).check()
    page.get_by_label("主办牵头部门").select_option(label="法制办")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/desk/cases/*/")
    desk.enter("fzb_1", "2016-06-13")
    desk.act(number, "告知属交叉事项", [("opinion", "涉及机构职责。")])
    desk.enter("zwb_1", "2016-06-14")
    desk.act(number, "发出会审通知", [("opinion", "6月16日上午会审。")])
    assert "法规未定期限" in desk.case(number)
    desk.enter("fzb_1", "2016-06-16")
    desk.act(number, "会签", [("opinion", "同意。")])
    desk.enter("zwb_1", "2016-06-22")
    assert "视为同意" not in desk.case(number).split("办理过程")[1]
    desk.act(number, "出具联合会审意见", [("opinion", "同意压缩为三个工作日。")])
    assert "未会签：编办" in desk.case(number)

    case = Case.objects.get(number=number)
    assert not [act for act, _, by_law in told(case) if by_law]
    assert owed(case) == [("D7", "zwb", "06-24")]
    assert verify().fault is None
