"""调 第五条, 第七条（一）（二）: the application, its extension, its return, its withdrawal, and what is not taken in."""

from datetime import date

import pytest

from qingdan.kernel.ledger.acts import Refused
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.ticking import tick
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.models import ChangeRequest
from tests.lists.samples import complete

from .room import owed, told, versions

NEW = "410105-027-01-009-00"


def test_第七条一_登记情形后十个工作日内申请(room, item):
    """第七条（一）: from the day of the cause, not from the day of its registration; 06-09 and 06-10 are holidays, 06-12 is worked."""
    case = room.register("06-03", item, cause_day="06-01", promised="3")
    assert owed(case) == [("D1", "cg", "06-16")]
    room.do("06-16", "cg", actions.apply, case, case.request)
    assert owed(case) == [("D3", "zwb", "06-20")]
    assert case.obligations.get(row="D1").late_on(date(2016, 7, 1)) is False


def test_第七条一_逾期申请仍受理_记为逾期(room, item):
    """第七条（一）: late is late, and no reason to refuse."""
    case = room.register("06-03", item, promised="3")
    room.do("06-17", "cg", actions.apply, case, case.request)
    assert case.obligations.get(row="D1").late_on(date(2016, 7, 1))
    assert owed(case) == [("D3", "zwb", "06-21")]


def test_第十二条_施行前发生的情形不计迟延(room, item):
    """第十二条、D32: a cause before 2016-05-06 is taken and blamed on nobody."""
    case = room.register("06-03", item, cause_day="2015-03-01", promised="3")
    duty = case.obligations.get(row="D1")
    assert duty.born_late and not duty.late_on(date(2016, 6, 3))


def test_第七条一_情形发生日不能在将来(room, item):
    """第七条（一）、S50: an outside fact has happened; nothing is written."""
    with pytest.raises(Refused, match="情形发生日"):
        room.register("06-03", item, cause_day="06-04", promised="3")
    assert not ChangeRequest.objects.exists()


def test_第七条一_没有证明材料的_不能登记情形(room, item):
    """第七条（一）、P-B9、S50: an outside fact is dated by its evidence; the action itself refuses one without."""
    request = room.ask(item, promised="3")
    request.evidence = " "
    with pytest.raises(Refused, match="没有写明证明材料"):
        room.do("06-03", "cg", actions.register_cause, request)
    assert not ChangeRequest.objects.exists()


def test_第七条一_情形发生日登记后不能改(room, item):
    """第七条（一）: a limit runs from the day on the ledger; an application that names another is refused."""
    case = room.register("06-03", item, cause_day="06-01", promised="3")
    request = case.request
    request.cause_day = date(2016, 6, 3)
    with pytest.raises(Refused, match="情形发生日已登记为2016年6月1日（周三）.*请改回这一天"):
        room.do("06-06", "cg", actions.apply, case, request)
    assert owed(case) == [("D1", "cg", "06-16")]


def test_第七条一_延期_第十日前提出_总共三十个工作日(room, item):
    """第七条（一）、D2: event 09-12, due 09-27, asked on that last day, granted later: to 10-28, thirty in all."""
    case = room.register("09-12", item, cause_day="09-12", promised="3")
    assert owed(case) == [("D1", "cg", "09-27")]
    room.do("09-27", "cg", actions.ask_extension, case, "上级细则未出台")
    room.do("09-29", "zwb", actions.grant_extension, case, "同意")
    assert owed(case) == [("D1", "cg", "10-28")]


def test_第七条一_第十日后才提出的延期不受理(room, item):
    """第七条（一）、D2: too late is refused in words, with the day."""
    case = room.register("09-12", item, cause_day="09-12", promised="3")
    with pytest.raises(Refused, match=r"须在2016年9月27日（周二）前提出（第七条（一）），期限已过"):
        room.do("09-28", "cg", actions.ask_extension, case, "忘了")
    assert [t[0] for t in told(case)] == ["cause_arose"]


def test_第七条一_延期超过三十个工作日的不准(room, item):
    """第七条（一）、D2: the cap counts from the start; the refusal says the last possible day."""
    case = room.register("09-12", item, cause_day="09-12", promised="3")
    room.do("09-20", "cg", actions.ask_extension, case, "细则未出台", date(2016, 11, 30))
    with pytest.raises(Refused, match="不晚于2016年10月28日（周五）.*30"):
        room.do("09-21", "zwb", actions.grant_extension, case, "同意", date(2016, 10, 29))
    room.do("09-21", "zwb", actions.grant_extension, case, "同意", date(2016, 10, 14))
    assert owed(case) == [("D1", "cg", "10-14")]


def test_第七条一_没有提出就不能批准延期_不批准的原期限不变(room, item):
    """第七条（一）、D2: no grant without a request; a denial leaves the day as it was."""
    case = room.register("09-12", item, cause_day="09-12", promised="3")
    with pytest.raises(Refused, match="没有收到延期申请"):
        room.do("09-13", "zwb", actions.grant_extension, case, "同意")
    room.do("09-14", "cg", actions.ask_extension, case, "细则未出台")
    room.say("09-18", "zwb", case, "deny_extension", "理由不足")
    assert owed(case) == [("D1", "cg", "09-27")]


def test_第五条_核实无需调整的_写明理由后结束(room, item):
    """第五条、S1n: the office ends the case; nothing is owed."""
    case = room.register("06-03", item, promised="3")
    room.say("06-06", "zwb", case, "close_without_change", "新条例不涉及本事项")
    assert owed(case) == []


def test_第七条二_一次性退回补正_按期补正的申请日有效(room, item):
    """第七条（二）、S48: returned inside the two days; completed in time, 转办 runs anew and the first filing keeps its day."""
    case = room.apply("06-07", item)
    room.do("06-12", "zwb", actions.return_once, case, "缺依据文本")
    assert owed(case) == [("S48", "cg", "06-17")]
    request = ChangeRequest.objects.get(case=case)
    request.reason = "补依据文本"
    room.do("06-17", "cg", actions.reapply, case, request)
    assert owed(case) == [("D3r", "zwb", "06-21")]
    assert ChangeRequest.objects.get(case=case).revision == 2
    assert case.obligations.get(row="D1").closed_on == date(2016, 6, 7)
    with pytest.raises(Refused):  # 只退一次
        room.do("06-20", "zwb", actions.return_once, case, "还缺")


def test_第七条二_逾期不补正的退回_原申请期限继续(room, item):
    """第七条（二）、S48: not before the five days are over; then it is as if nothing had been filed: D1 has its old day."""
    case = room.apply("06-07", item)
    room.do("06-12", "zwb", actions.return_once, case, "缺依据文本")
    with pytest.raises(Refused, match="期限2016年6月17日（周五）还没有过"):
        room.say("06-17", "zwb", case, "return_unfiled", "未补正")
    room.say("06-20", "zwb", case, "return_unfiled", "未补正")
    assert owed(case) == [("D1", "cg", "06-16")]


def test_第七条_撤回后情形仍在_申请期限按原到期日恢复(room, item):
    """第七条、S3: withdrawn during 审核: the leads are free, D1 has its old day, and the unit may apply again."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-14", "cg", case, "withdraw", "内容有误")
    assert owed(case) == [("D1", "cg", "06-16")]
    room.do("06-15", "cg", actions.apply, case, ChangeRequest.objects.get(case=case))
    assert owed(case) == [("D3", "zwb", "06-17")]
    assert ChangeRequest.objects.get(case=case).revision == 2


def test_第七条_核准后不能撤回(room, item):
    """第七条、S3: 撤回 ends with 核准."""
    case = room.approved(item)
    with pytest.raises(Refused):
        room.say("06-15", "cg", case, "withdraw", "不调整了")


# ---- what is not taken in (S2, S3, P-B8)


def test_第七条_一个事项同时只能有一件在办_拒绝时写明案号(room, item):
    """第七条、S3: the second application is refused with the number of the first; its case begins, but nothing is filed."""
    first = room.apply("06-07", item)
    events = Event.objects.count()
    with pytest.raises(Refused, match=rf"正在案件 {first.number} 中调整.*请等该案办结或者由原申请单位撤回"):
        room.apply("06-08", item, promised="2")
    assert Event.objects.count() == events and Case.objects.filter(request__item=item).count() == 1
    room.say("06-12", "cg", first, "withdraw", "重报")
    assert room.apply("06-13", item, promised="2") != first


@pytest.mark.parametrize("step", ["return_once", "refuse", "refer_to_meeting"])
def test_第七条_退回补正_不予核准_会商期间_事项仍在办(room, item, step):
    """第七条、S3: no side street of the path lets a second application in."""
    case = room.apply("06-07", item)
    if step == "return_once":
        room.do("06-12", "zwb", actions.return_once, case, "缺依据文本")
    else:
        room.refer("06-12", case)
        room.say("06-13", "fzb", case, "disagree", "依据不足")
        room.say("06-13", "zwb", case, step, "见会商")
    with pytest.raises(Refused, match=case.number):
        room.apply("06-13", item, promised="2")


def test_第九条_公布后只欠备案的事项_可以再次申请(room, item):
    """第七条、S3: after 公布 the item is free, though 本部门更新 and 备案 are still owed."""
    case = room.forwarded(item)
    room.publish("06-20", case)
    assert owed(case)
    assert room.apply("06-21", item, cause_day="06-20", promised="2")


def test_第七条_两件登记的情形_后一件按已公布的新版核对(room, item):
    """P-B8: a form that was filled on version 1 does not undo version 2: the refusal names the version, its case and the changed fields."""
    waiting = room.register("06-02", item, phone="0371-63520009")
    other = room.forwarded(item, promised="3")
    room.publish("06-20", other)
    with pytest.raises(Refused, match=rf"第 2 版已经公布（案件 {other.number}，改动的字段：承诺时限）.*仍保留在下面"):
        room.do("06-20", "cg", actions.apply, waiting, ChangeRequest.objects.get(case=waiting))
    assert ("D1", "cg", "06-16") in owed(waiting)


@pytest.mark.parametrize("code", ["410105-027-01-001-00", "有 空格"])
def test_第六条_新增的编码用过或者不能作网址的_申请时即拒绝(room, item, code):
    """第六条（一）: what could never be published is refused at once, not after five steps."""
    with pytest.raises(Refused, match="不能用"):
        room.apply("06-07", None, move="新增", **complete("权责", code))
    assert not ChangeRequest.objects.exists()


def test_第六条_两件新增不能用同一编码(room, district):
    """第六条（一）、S3: the second new item with that code is refused with the number of the first case."""
    first = room.apply("06-07", None, move="新增", **complete("权责", NEW))
    with pytest.raises(Refused, match=rf"案件 {first.number} 正在以同一编码“{NEW}”新增"):
        room.apply("06-07", None, move="新增", **complete("权责", NEW))


@pytest.mark.parametrize(("successor", "why"), [("没有这个", "不在清单中"), ("410105-027-01-001-00", "自己")])
def test_取消的承接事项须在清单中(room, item, successor, why):
    """S2: a successor that does not exist, or is the item itself, is refused with the application."""
    with pytest.raises(Refused, match=why):
        room.apply("06-07", item, move="取消", successor=successor)


def test_已取消的事项不能再申请(room, item):
    """第七条（五）: a code is never used again."""
    case = room.forwarded(item, move="取消")
    room.publish("06-20", case)
    with pytest.raises(Refused, match="已经取消.*请?以新编码新增"):
        room.apply("06-21", item, promised="3")


def test_别的单位的事项不能申请(room, item):
    """第四条: the unit that holds the item is the one that asks."""
    with pytest.raises(Refused, match="它是城管局的事项。请由城管局提出申请"):
        room.apply("06-07", item, who="hyl", promised="3")


def test_同一把钥匙再来一次_还是同一件案子(room, item):
    """Idempotency: the same page sent twice is one case and two events (情形, 申请)."""
    cases = {room.do("06-07", "cg", actions.apply_new, room.ask(item, promised="3"), key="same").pk for _ in range(3)}
    assert len(cases) == 1 and [t[0] for t in told(Case.objects.get(pk__in=cases))] == ["cause_arose", "apply"]


def test_同一页先登记后提交_是同一件案子(room, item):
    """登记情形, then back in the browser and 提交 of the same page: the case that stands is applied for, none is added."""
    case = room.do("06-07", "cg", actions.register_cause, room.ask(item, promised="4"), key="same")
    again = room.do("06-07", "cg", actions.apply_new, room.ask(item, promised="3"), key="same")
    assert again == case and owed(case) == [("D3", "zwb", "06-12")]
    assert ChangeRequest.objects.get().asked["promised"] == "3"


def test_第七条一_申请写明了什么_留在台账中(room, item):
    """第七条（一）、S2: list, item, move, every field old and new, ground, cause with its day and proof, contact, all in the ledger's text."""
    case = room.apply("06-07", item, promised="3", wished="09-01")
    arose, applied = case.events.order_by("n")
    assert arose.facts == {"ground": "第五条（二）", "cause": "条例修改", "evidence": "条例第十条"}
    assert arose.told["dates"] == {"cause_day": "2016-06-01"}
    facts = applied.facts
    assert (facts["list"], facts["move"], facts["code"], facts["wished_on"]) == ("权责", "变更", item.code, "2016-09-01")
    assert (facts["old"]["promised"], facts["content"]["promised"]) == ("5", "3") and facts["contact"].startswith("甲")


def test_第七条二_转办逾期没有视为效果(room, item):
    """第七条（二）、X4: the silence of 政务办 deems nothing; 转办 stays owed and late."""
    case = room.apply("06-07", item)
    room.on("07-20")
    assert tick() == 0 and owed(case) == [("D3", "zwb", "06-12")]
    assert case.obligations.get(row="D3").late_on(date(2016, 7, 20))
    assert [v.number for v in versions(item)] == [1]
