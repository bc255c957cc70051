"""From 受理 to the result at the desk and before the complainant: who may not look into it, both sides, a hand-over that comes back late, an order
obeyed and one that is not, the decision, its execution, the answer (诉11 to 诉19)."""

import re

import pytest
from django.contrib.auth.hashers import make_password

from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints import codes
from qingdan.measures.complaints.models import Liability
from tests.browser.complaints.test_citizen import look
from tests.browser.desk import Desk
from tests.measures.complaints.inquiry import staff
from tests.measures.complaints.room import Room
from tests.world import make_district

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812340001"  # of who complains, and of a relative of one of the staff
CODE = codes.new_code()
TOLD = "您反映的问题属实，已责令退还。对本处理不服的，可以依法申请行政复议。"
PARTS = {"claims": "反映窗口收费", "facts": "核对台账，属实", "basis": "收费目录清单", "handling": "责令退还"}


@pytest.fixture(scope="module")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 360, "height": 800}, "java_script_enabled": False}


class Body(Desk):
    """法制办 with one complaint taken up on 09-12: `act` in it, `of` in the case of an errand."""

    def __init__(self, page, live_server):
        super().__init__(page, live_server)
        room = Room(make_district())
        staff(room, password=make_password("p"))
        self.complaint = room.file("09-12", "fzb", query_hash=codes.hash_of(CODE))
        room.accept("09-12", self.complaint)
        self.at = f"{self.url}/complaints/{self.complaint.case.number}/"

    def enter(self, username, day, password="p"):
        super().enter(username, day, password)

    def send(self, link, **told):
        """Press this link, fill its form in, send it."""
        self.page.get_by_role("link", name=re.compile(f"^{link}")).click()
        self.fill(**told)
        self.page.locator("main form.form button[type=submit]").first.click()
        self.done()

    def fill(self, **told):
        for name, value in told.items():
            field = self.page.locator(f"main [name={name}]")
            if value is True:
                field.check()
            elif isinstance(value, list):
                for one in value:
                    self.page.get_by_label(one, exact=True).check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def done(self):
        assert self.page.locator(".form-errors, .field.wrong").count() == 0, self.page.inner_text("main")
        assert "已办理" in self.page.inner_text("body")

    def act(self, link, **told):
        self.page.goto(self.at)
        self.send(link, **told)

    def open(self, link):
        """The page of the errand of this number, or of the one to be found there."""
        self.page.goto(f"{self.url}/complaints/errands/")
        self.page.locator("main tr", has_text=link).get_by_role("link").first.click()

    def approve(self):
        """Read beside the original, then sent."""
        self.page.goto(self.at)
        self.page.get_by_role("button", name=re.compile("^对照审核")).first.click()
        words = self.page.inner_text("main")
        assert "原文（不随文书发出）" in words and "二百元" in words and "（时间）" in words
        self.page.get_by_role("button", name="审核通过，发出").click()
        self.done()


@pytest.fixture
def desk(page, live_server, transactional_db):
    return Body(page, live_server)


def test_诉_从受理到结果告知_核对回避_移交逾期_措施_决定_执行_投诉人看得到(desk):
    recused_by_the_blind_check(desk)
    heard_and_handed_over(desk)
    came_back_late_and_extended(desk)
    one_order_obeyed_one_not(desk)
    decided_and_carried_out(desk)
    desk.page.context.clear_cookies()
    words = look(desk, desk.complaint, CODE, "2016-10-21")
    assert "已办结" in words or "作出决定" in words
    desk.page.get_by_role("button", name="查看告知的内容").click()
    assert TOLD in desk.page.inner_text("main") and "延长到 10 月 28 日" in desk.page.inner_text("main")
    assert verify().fault is None


def recused_by_the_blind_check(desk):
    page = desk.page
    desk.enter("fzb_3", "2016-09-12")
    page.goto(f"{desk.url}/vault/interests/")
    page.locator("main [name=kind]").select_option("phone")
    page.locator("main [name=whose]").select_option("relative")
    page.locator("main [name=value]").fill(PHONE)
    page.get_by_role("button", name=re.compile("^申报")).click()
    assert PHONE not in page.inner_text("main")
    desk.enter("fzb_1", "2016-09-13")
    desk.act("指定调查人员", persons=["法制办经办甲", "法制办经办2", "法制办经办3"])
    assert "利害关系核对" in page.inner_text("main") and "不足两人" in page.inner_text("main") and PHONE not in page.inner_text("body")
    desk.act("声明没有利害关系", declared=True)
    desk.enter("fzb_2", "2016-09-13")
    desk.act("声明没有利害关系", declared=True)
    desk.enter("fzb_h", "2016-09-13")
    desk.act("决定是否回避", granted=["法制办经办3"], basis="机关负责人决定", words="核对有利害关系，应当回避。")
    assert "不足两人" not in page.inner_text("main")


def heard_and_handed_over(desk):
    desk.enter("fzb_1", "2016-09-14")
    desk.act("听取投诉人意见", way="电话，作记录", words="票据三张。")
    desk.act("听取被投诉人意见", way="书面陈述", words="按目录收取。")
    desk.act("起草转办函", unit="财政局", due="2016-09-20", leaders="不涉及", words="请查明六月份窗口收费的情况并报告。")
    desk.enter("fzb_2", "2016-09-14")
    desk.approve()


def came_back_late_and_extended(desk):
    page = desk.page
    desk.enter("czj_1", "2016-09-22")
    page.get_by_role("link", name="查处交办的投诉并报告").click()
    assert "逾期" in page.inner_text("main") and desk.complaint.case.number not in page.inner_text("body")
    desk.send("报告查处结果", words="六月份窗口收费 12 笔，附台账。")
    desk.enter("fzb_1", "2016-09-23")
    desk.open("移交调查处理")
    desk.send("采纳查处结果")
    desk.enter("fzb_h", "2016-09-23")
    desk.act("批准延长办理期限", until="2016-10-28", words="须核对台账。", told="因须核对台账，办理期限延长到 10 月 28 日。")


def one_order_obeyed_one_not(desk):
    desk.enter("fzb_1", "2016-09-23")
    for unit in ("城管局", "花园路街道"):
        desk.act("起草措施文书", kind="第十五条（三） 要求限期履行或者正确履行", unit=unit, due="2016-09-28", words="请自六月份起照目录收取并报告。")
    desk.enter("fzb_2", "2016-09-23")
    desk.approve()
    desk.approve()
    desk.enter("cg_1", "2016-09-27")
    desk.open("要求限期履行")
    desk.send("报告履行情况", words="已经照目录收取。")
    desk.enter("fzb_1", "2016-09-29")
    desk.open("城管局")
    desk.send("认可履行情况")
    desk.open("花园路街道")
    desk.send("询问逾期的理由", words="到期没有报告，请说明理由。")
    desk.enter("fzb_1", "2016-10-17")
    desk.open("花园路街道")
    desk.send("认定没有说明理由", words="问了没有答复。")
    assert Liability.rows.get().kind == "default"


def decided_and_carried_out(desk):
    page = desk.page
    desk.enter("fzb_1", "2016-10-17")
    desk.act("起草调查处理决定书", conclusion="属实", **PARTS, unit1="城管局", words1="退还超收的费用", due1="2016-10-20")
    desk.enter("fzb_h", "2016-10-18")
    page.goto(desk.at)
    page.get_by_role("button", name=re.compile("^审核（会记录）")).click()
    assert "核对台账，属实" in page.inner_text("main")
    page.get_by_role("button", name=re.compile("^作出调查处理决定")).click()
    desk.done()
    desk.enter("cg_1", "2016-10-19")
    desk.open("执行调查处理决定")
    desk.send("报告执行情况", words="已经退还。")
    desk.enter("fzb_1", "2016-10-20")
    desk.open("执行调查处理决定")
    desk.send("认可执行情况")
    desk.act("告知投诉人结果", way="投诉人凭查询码在网上查看", words=TOLD)
