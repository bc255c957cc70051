"""A citizen on a telephone, 360 px wide, without script: a confidential complaint with a photo, its receipt checked, then 批转, 补正, 受理 at the desk,
each seen with the code; and one that is refused (诉5 to 诉10)."""

import re

import pytest

from audit import check_receipt
from qingdan.kernel import clock
from qingdan.kernel.ledger import signing
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.heads import as_csv, day_heads
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints.models import Complaint
from tests.browser.complaints.test_desk import do, fits
from tests.browser.desk import Desk
from tests.measures.complaints.room import TEXT, give_roles, owed
from tests.portal.complaints.test_writing import photo
from tests.world import make_district

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"\b([0-9A-Z]{4}-){4}[0-9A-Z]{4}\b")


@pytest.fixture(scope="module")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@pytest.fixture
def desk(page, live_server, transactional_db, settings, tmp_path):
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")
    give_roles(make_district())
    with clock.frozen("2016-05-06T09:00"):
        signing.make()
    return Desk(page, live_server)


def write(desk, day, *, to="由政务办分送", files=True):
    """(complaint, code): the page read from above to below, as a citizen fills it in."""
    clock.set_fixed(f"{day}T10:00")
    page = desk.page
    page.context.clear_cookies()
    page.goto(desk.url)
    page.get_by_role("link", name="投诉", exact=True).first.click()
    fits(page)
    page.get_by_label("该办的不办，或者不按清单写的条件、流程、时限、环节办").check()
    page.get_by_label("事情的经过").fill(TEXT)
    page.get_by_label("区级行政机关（含街道办事处）").check()
    page.get_by_label("哪个单位").select_option(label="城管局")
    if files:
        page.get_by_label("上传照片或者文件").set_input_files({"name": "DSC_0420_lanxi.JPG", "mimeType": "image/jpeg", "buffer": photo().read()})
    assert page.get_by_label("请对我的身份保密").is_checked()
    page.get_by_label("姓名或者名称").fill("欧阳若兰溪")
    page.get_by_label(to).check()
    page.get_by_role("button", name="提交投诉").click()
    assert "请确认没有填写国家秘密" in page.inner_text("main") and page.get_by_label("事情的经过").input_value() == TEXT, "nothing typed is lost"
    fits(page)
    if files:
        assert "请重新选择" in page.inner_text("main")
        page.get_by_label("上传照片或者文件").set_input_files({"name": "DSC_0420_lanxi.JPG", "mimeType": "image/jpeg", "buffer": photo().read()})
    page.get_by_label("我写的情况属实").check()
    page.get_by_role("button", name="提交投诉").click()
    fits(page)
    assert "投诉已经收到" in page.inner_text("main") and "投诉" not in page.title()
    return Complaint.rows.latest("pk"), CODE.search(page.inner_text("main"))[0]


def look(desk, complaint, code, day):
    """The page of the code, on this day."""
    clock.set_fixed(f"{day}T11:00")
    page = desk.page
    page.goto(f"{desk.url}/write/status/")
    fits(page)
    page.get_by_label("受理编号").fill(complaint.spelled)
    page.get_by_label("查询码").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="查看", exact=True).click()
    fits(page)
    return page.inner_text("main")


def test_诉_手机上无脚本_保密投诉_回执_批转_补正_受理_跨国庆节(desk, tmp_path):
    complaint, code = write(desk, "2016-09-28")
    page = desk.page
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载回执（.json）").click()
    receipt = tmp_path / "receipt.json"
    taken.value.save_as(receipt)
    assert "兰溪" not in receipt.read_text("utf-8") and TEXT not in receipt.read_text("utf-8")
    page.get_by_role("link", name="核对回执").click()
    page.get_by_label("回执文件").set_input_files(str(receipt))
    page.get_by_role("button", name="核对").click()
    fits(page)
    assert "这份回执属实" in page.inner_text("main") and complaint.reference in page.inner_text("main")

    desk.enter("zwb_1", "2016-09-29")
    do(desk, complaint.case.number, "批转")
    desk.enter("fzb_1", "2016-09-30")
    do(desk, complaint.case.number, "发出补正通知", words="请提供付款记录。")
    page.context.clear_cookies()
    words = look(desk, complaint, code, "2016-10-07")
    assert "等待补正" in words and "10月12日" in words and "请提供付款记录" not in words
    page.get_by_role("button", name="查看告知的内容").click()
    assert "请提供付款记录。" in page.inner_text("main")
    page.get_by_label("补充的内容").fill("付款记录在照片里。")
    page.get_by_label("上传照片或者文件").set_input_files({"name": "付款.JPG", "mimeType": "image/jpeg", "buffer": photo().read()})
    page.get_by_role("button", name="提交初步证据").click()
    fits(page)
    assert "已经收到，处理机关会看到" in page.inner_text("main")

    desk.enter("fzb_1", "2016-10-09")
    do(desk, complaint.case.number, "受理")
    assert owed(complaint) == [("D18", "fzb", "11-04")]
    page.context.clear_cookies()
    assert "办理中" in look(desk, complaint, code, "2016-10-10") and "11月4日" in page.inner_text("main")
    with clock.frozen("2016-10-11T00:30"):
        sweep()
    (tmp_path / "heads.csv").write_text(as_csv(day_heads()), encoding="utf-8")
    look(desk, complaint, code, "2016-10-11")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载回执（.txt）").click()
    taken.value.save_as(tmp_path / "receipt.txt")
    assert check_receipt.main([str(tmp_path / "receipt.txt"), "--heads", str(tmp_path / "heads.csv")]) == 0
    page.get_by_role("button", name="离开并清除痕迹").click()
    assert page.url.rstrip("/") == desk.url.rstrip("/") and verify().fault is None


def test_诉_直接交处理机关_不予受理的_凭查询码看到依据和理由(desk):
    complaint, code = write(desk, "2016-09-12", to="按我选的问题，直接交给对应的机关", files=False)
    desk.enter("fzb_1", "2016-09-13")
    do(desk, complaint.case.number, "不予受理", ground="6-2", words="已经进入行政复议。", way="query")
    desk.page.context.clear_cookies()
    words = look(desk, complaint, code, "2016-09-14")
    assert "不予受理" in words and "第六条（二）" in words and "行政复议机关" in words
    desk.page.get_by_role("button", name="查看告知的内容").click()
    assert "已经进入行政复议。" in desk.page.inner_text("main") and owed(complaint) == []
