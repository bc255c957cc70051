"""A citizen on a telephone, 360 px wide, without script: told the result, asked one question, and once more with new facts (诉16, P-D9)."""

from datetime import date

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger import signing
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints import deciding, investigating
from qingdan.measures.complaints.models import Complaint, Rating
from tests.browser.complaints.test_citizen import CODE, browser_context_args, look, write
from tests.browser.complaints.test_desk import fits
from tests.browser.desk import Desk
from tests.measures.complaints.inquiry import Inquiry, staff
from tests.measures.complaints.room import Room, owed
from tests.portal.complaints.test_writing import photo
from tests.world import make_district

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["browser_context_args"]


class Going(Inquiry):
    """The complaint that was written, looked into by 法制办."""

    def __init__(self, room, complaint):
        self.room, self.people, self.office, self.c = room, room.staff, room.office("fzb"), complaint
        room.accept("09-12", complaint)
        self.name("09-12", "1", "2")
        for n in ("1", "2"):
            self.do("09-12", n, investigating.declare_no_interest)


@pytest.fixture
def room(transactional_db, settings, tmp_path):
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")
    room = Room(make_district())
    room.staff = staff(room)
    with clock.frozen("2016-05-06T09:00"):
        signing.make()
    return room


def test_诉16_手机上无脚本_结果_满意度_有新的事实再次投诉(room, page, live_server):
    desk = Desk(page, live_server)
    complaint, code = write(desk, "2016-09-12", to="按我选的问题，直接交给对应的机关", files=False)
    q = Going(room, complaint)
    q.do("09-13", "h", deciding.extend_handling, date(2016, 10, 20), "情况复杂", "因为要核对票据，延长到10月20日。")
    words = look(desk, complaint, code, "2016-09-14")
    assert "正在调查" in words and "10月20日" in words and "调查人员" not in words
    q.hear("09-14")
    q.decision("09-20")
    q.decide("09-20")
    q.do("09-21", "1", deciding.tell_result, "query", "您反映的问题属实，已经责令退还。")
    words = look(desk, complaint, code, "2016-09-22")
    assert "您反映的问题属实" in words and "行政复议" in words and "办结只是处理程序结束" in words
    page.get_by_role("button", name="查看告知的内容").click()
    fits(page)
    assert "已经责令退还。" in page.inner_text("main")
    page.get_by_label("不满意").check()
    page.get_by_role("button", name="提交回答").click()
    fits(page)
    assert "您对这次办理的回答：不满意" in page.inner_text("main") and Rating.objects.get().answer == "bad"
    page.get_by_text("填写新的事实").click()
    page.get_by_label("新的事实和理由").fill("八月以后又收了三次。")
    assert page.get_by_label("请对我的身份保密").is_checked()
    page.get_by_role("button", name="再次投诉").click()
    fits(page)
    assert "请确认没有填写国家秘密" in page.inner_text("main") and page.get_by_label("新的事实和理由").input_value() == "八月以后又收了三次。"
    page.get_by_label("上传照片或者文件").set_input_files({"name": "票据.JPG", "mimeType": "image/jpeg", "buffer": photo().read()})
    page.get_by_label("我写的情况属实").check()
    page.get_by_role("button", name="再次投诉").click()
    fits(page)
    again, fresh = Complaint.rows.latest("pk"), CODE.search(page.inner_text("main"))[0]
    assert again.earlier == complaint and fresh != code and owed(again) == [("D16", "fzb", "09-26")]
    words = look(desk, again, fresh, "2016-09-23")
    assert "待受理" in words and "第 1 次再次投诉" in words and verify().fault is None
