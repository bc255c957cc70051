"""The complaints of the demonstration: invented people and invented deeds. Pure data; lived by `demo.complaints` through the product's own acts."""

from __future__ import annotations

from .complaint import BODIES, CENTRE, CODES, DISTRICT, GRANTED, WAITING, Story, Turn
from .complaints_inquiry import DRAFT_WAITS, INQUIRIES
from .story import LAW, MONEY, OFFICE, POSTS

ACCEPTED = ("D18", "O9c", "O9r", "Q3")
"""What the body owes that has taken a complaint up."""

INTAKES = (
    Story("网上：等批转", 0, "web", ("6",), "城管局",
          "办理门头牌匾设置时，窗口要求先到社区开“同意书”。办事指南上没有这一项，问依据说是惯例，来回跑了三趟。", ("D15",),
          identity={"name": "演示投诉人甲", "phone": "138-0000-0001"}, evidence="窗口出具的补正清单照片一张。"),
    Story("电话：等批转", 1, "phone", ("12",), "卫计委", "反映办理托育机构备案时电话长期无人接听，到现场又称负责人不在。", ("D15",),
          at=OFFICE, identity={"phone": "0371-0000-0002"}, receipt="通话记录 2026-1123-07"),
    Story("书信：等受理", 1, "letter", ("1", "7"), "食药监局", "检查时要求缴纳“信用保证金”，清单上没有这项权力，也没有给任何文书。", ("D16",),
          at=LAW, identity={"name": "演示投诉人乙", "address": "金水区演示路 1 号"}, evidence="收据复印件一份。", receipt="收发室签收 2026-11-23"),
    DRAFT_WAITS,
    Story("当面：集体来访，将到期", 20, "visit", ("6", "4a"), "环保局", "五家餐饮店办理备案，被要求先由指定机构出一份环评，备案当审批办。", ACCEPTED,
          (Turn(19, "accept", CENTRE, "五人代表到场，证件已核对，材料齐全，予以受理。"),),
          at=CENTRE, identity={"name": "演示投诉人丁等五人", "phone": "138-0000-0004", "id_kind": "居民身份证", "id_tail": "0456"},
          evidence="指定机构的报价单。", confidential=False, representatives=5),
    Story("网上：补正中", 4, "web", ("8",), "民政局", "申请临时救助，街道说材料已报，局里说没有收到，一直没有结果。", ("D34", "D16c"),
          (Turn(3, "assign", OFFICE, to=POSTS), Turn(2, "ask_evidence", POSTS, "请补充提交申请的日期和受理回执，或者说明交给了哪一位工作人员。")),
          identity={"email": "demo@example.invalid"}, code=CODES[1], papers=True, who=WAITING),
    Story("传真：不予受理", 15, "fax", ("7",), "人社局", "对劳动监察处罚决定不服，要求撤销。", (),
          (Turn(14, "assign", OFFICE, to=LAW), Turn(13, "decline", LAW, "您已就同一决定申请行政复议，请向复议机关提出。", ground="6-2")),
          at=OFFICE, identity={"name": "演示投诉人戊", "phone": "138-0000-0005"}, receipt="传真报头 2026-11-03 10:12", papers=True),
    Story("电子邮件：收错了转办", 7, "email", ("9",), "教体局", "民办园年检时收取“评估费”，没有在收费清单里找到。", ACCEPTED,
          (Turn(6, "transfer", LAW, "收费项目的运行由财政局处理（第九条（四））。", to=MONEY), Turn(5, "accept", MONEY)),
          at=LAW, identity={"email": "demo2@example.invalid"}, evidence="缴费截图。", receipt="邮件头 2026-11-13"),
    Story("网上：投诉政务办", 9, "web", ("8",), OFFICE, "清单网页上的事项电话一直是空号，两次反映没有更正。", ACCEPTED,
          (Turn(8, "assign_by_district", DISTRICT, "由编办处理。", to=POSTS), Turn(7, "accept", POSTS))),
    Story("网上：期满没有证据", 14, "web", ("5b",), "工信局", "听说他们让没有资格的公司去罚款。", (),
          (Turn(13, "assign", OFFICE, to=LAW), Turn(12, "ask_evidence", LAW, "请提供处罚的时间、地点或者文书。"),
           Turn(5, "decline_unproven", LAW, "补正期满没有提供初步证据。有了证据可以随时再次提出。"))),
    Story("网上：已撤回", 10, "web", ("3",), "文旅局", "已经取消的年审还在收材料。", (),
          (Turn(9, "assign", OFFICE, to=LAW), Turn(8, "withdraw_complaint", text="对方已经退回材料，不再投诉。"))),
)  # fmt: skip

STORIES = (*INTAKES, *INQUIRIES)
HANDLERS = ((CENTRE, "审批"), (LAW, "权力"), (POSTS, "责任"), (MONEY, "收费"))
CONTACTS = {
    CENTRE: {"phone": "0371-0000-1001", "fax": "0371-0000-1002", "address": "金水区演示路 10 号", "email": "zx@example.invalid",
             "place": "一楼投诉受理窗口", "hours": "工作日 9:00—12:00，13:30—17:00"},
    LAW: {"phone": "0371-0000-1003", "fax": "0371-0000-1004", "address": "金水区演示路 12 号", "email": "fz@example.invalid"},
    POSTS: {"phone": "0371-0000-1005", "address": "金水区演示路 14 号", "email": "bb@example.invalid"},
    MONEY: {"phone": "0371-0000-1007", "fax": "0371-0000-1008", "address": "金水区演示路 16 号", "email": "cz@example.invalid"},
}  # fmt: skip
"""编办 has no fax yet: its page says so (第七条)."""

__all__ = ["BODIES", "CODES", "CONTACTS", "GRANTED", "HANDLERS", "STORIES", "Story", "Turn"]
