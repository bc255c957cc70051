"""The main job, as five roles live it: a real list, one change of it, from 申请 to the citizen's page.

The dates are those of the reading of the regulation, 2.4: received 2016-06-07, a holiday and a make-up Sunday on the way.
"""

from pathlib import Path

import pytest

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.actions import appoint, create_person
from qingdan.kernel.offices.models import Office
from tests.conftest import make_district

from .desk import Desk

REAL = Path(__file__).parents[3] / "shared/data/items/guangan_items.csv"
FILLED = {
    "basis": "《道路运输条例》第十条", "procedure": "受理\n审查\n决定\n送达", "discretion": "无裁量", "promised": "5",
    "extension": "不延长", "duties": "受理责任：公示材料，一次性告知", "list_office": "办公室", "handling_office": "运输科",
    "person_in_charge": "郝建民", "posts": "经办、复核", "qualification": "行政执法证", "phone": "0826-2340000",
}  # fmt: skip


@pytest.mark.skipif(not REAL.exists(), reason="the real list lies beside the project in ../shared, which is not here")
@pytest.mark.django_db(transaction=True)
def test_第七条_一份真实清单的一次调整从申请走到公布(page, live_server):
    """第七条（一）至（五）、第八条: five roles, the dates of 2.4, deemed consent of the silent lead, both versions public."""
    desk = Desk(page, live_server)
    make_district()
    item_code, unit = import_real_list(desk)

    number = apply(desk, unit, item_code)
    refer(desk, number)
    desk.enter("fzb_1", "2016-06-13")
    desk.act(number, "审核同意", [("opinion", "同意。")])
    desk.enter("zwb_1", "2016-06-21")
    page.goto(f"{desk.url}/desk/cases/{number}/")
    assert "视为同意" in page.inner_text("main")
    desk.act(number, "核准", [("opinion", "核准。")])
    desk.enter("unit", "2016-06-22")
    desk.act(number, "确认无异议")
    desk.enter("zwb_1", "2016-06-24")
    desk.act(number, "转告公布")
    desk.enter("dzzw_1", "2016-06-27")
    desk.publish(number, item_code, "2016-06-27")
    desk.enter("unit", "2016-06-27")
    desk.update_own_site(number)

    the_duties_had_the_dates_of_the_regulation(number)
    a_citizen_sees_both_versions(desk, item_code)
    assert verify().fault is None


def import_real_list(desk):
    """政务办 imports the real list as it is, and a department that came with it gets a person."""
    page = desk.page
    desk.enter("zwb_1", "2016-06-06")
    page.goto(f"{desk.url}/lists/import/")
    page.locator("select[name=kind]").select_option("审批")
    page.locator("input[type=file]").set_input_files(str(REAL))
    page.get_by_role("button", name="上传并预览").click()
    page.wait_for_url("**/lists/import/*/")
    if page.locator("[name=leave_out]").count():
        page.locator("[name=leave_out]").check()
    page.locator("button.primary").click()
    page.get_by_text("已导入").first.wait_for()
    unit = Office.objects.get(short="区交通运输局")
    appoint(person=create_person(username="unit", name="经办人", by=None, password="梨树下的第七把伞 1998"), office=unit, by=None)
    page.goto(f"{desk.url}/list/shenpi/?office={unit.code}")
    link = page.locator("main table a").first
    return link.get_attribute("href").rstrip("/").rsplit("/", 1)[1], unit


def apply(desk, unit, item_code):
    """第七条（一） 申请, on 2016-06-07, for an event of 2016-06-01; all fields of 第六条 are completed."""
    page = desk.page
    desk.enter("unit", "2016-06-07")
    page.get_by_role("link", name="提出调整申请").click()
    page.get_by_label("哪一张清单").select_option("审批")
    page.get_by_label("怎么调整").select_option("变更")
    page.get_by_label("事项编码").fill(item_code)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("属于哪一种情形").select_option("第五条（二）")
    for name, text in [("cause", "《道路运输条例》修改"), ("evidence", "公报第 12 号"), ("reason", "压缩时限"), ("contact", "经办人 2340000")]:
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=cause_day]").fill("2016-06-01")
    for key, text in FILLED.items():
        page.locator(f"[name='f-{key}']").fill(text)
    if not page.locator("[name='f-category']").input_value():
        page.locator("[name='f-category']").select_option(index=1)
    page.get_by_role("button", name="提交并开始计时").click()
    page.wait_for_url("**/desk/cases/*/")
    return page.locator(".number").inner_text()


def refer(desk, number):
    """第七条（二） 转办 to two lead bodies on the make-up Sunday 2016-06-12."""
    page = desk.page
    desk.enter("zwb_1", "2016-06-12")
    page.goto(f"{desk.url}/desk/cases/{number}/")
    page.get_by_role("link", name="转办").first.click()
    page.get_by_label("政务服务中心", exact=True).uncheck()  # suggested for this list; here the matter goes to two others
    for lead in ("法制办", "编办"):
        page.get_by_label(lead, exact=True).check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/desk/cases/*/")


def the_duties_had_the_dates_of_the_regulation(number):
    case = Case.objects.get(number=number)
    due = {o.row: str(o.due) for o in case.obligations.all()}
    assert due["D1"] == "2016-06-16"
    chain = {row: due[row] for row in ("D3", "D4", "D7", "D8", "D10", "D11", "D12")}
    assert chain == {"D3": "2016-06-12", "D4": "2016-06-17", "D7": "2016-06-21", "D8": "2016-06-22",
                     "D10": "2016-06-24", "D11": "2016-06-27", "D12": "2016-06-27"}  # fmt: skip
    deemed = case.events.get(act="deemed_agreed")
    assert str(deemed.on) == "2016-06-17" and deemed.person is None


def a_citizen_sees_both_versions(desk, item_code):
    page = desk.page
    page.context.clear_cookies()
    page.goto(f"{desk.url}/item/{item_code}")
    assert "《道路运输条例》第十条" in page.inner_text("main")
    page.goto(f"{desk.url}/item/{item_code}@2016-06-26")
    assert "《道路运输条例》第十条" not in page.inner_text("main")
    answer = page.goto(f"{desk.url}/list/shenpi/?on=2016-06-26")
    assert answer.ok and "2016" in page.inner_text("main")
