"""P-C4 为什么是这一天: every due day on the desk opens the statement or holds it; who may not see the case does not see it."""

from urllib.parse import quote

from django.urls import reverse

from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Obligation
from qingdan.measures.adjustment import actions


def path(o):
    return f"/desk/cases/{quote(o.case.number)}/why/{o.place}/"


def asked(room, item):
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    return case, Obligation.objects.get(case=case, row="D4")


def test_待办_案件列表_已结束的期限_都能打开说明(room, item, reader):
    case, duty = asked(room, item)
    assert path(duty) in reader("fzb").get("/desk/").links
    assert path(duty) in reader("cg").get("/desk/cases/").links
    ended = Obligation.objects.get(case=case, row="D3")
    assert path(ended) in reader("cg").get(f"/desk/cases/{case.number}/").links
    text = reader("cg").get(path(ended)).text
    assert "办结于 6月12日（周日）" in text and "端午节放假，不计" in text


def test_案件页和办理页上就有说明(room, item, reader):
    case, _ = asked(room, item)
    for where in (f"/desk/cases/{case.number}/", f"/adjustment/{case.number}/agree/"):
        text = reader("fzb").get(where).text
        assert "为什么是这一天" in text and "起算：“转办”之日" in text and "工作日，第 5 个工作日" in text, where


def test_说明写明条款_要旨_起算_逐日理由_日历版本(room, item, reader):
    _, duty = asked(room, item)
    text = reader("fzb").get(path(duty)).text
    assert "第七条（三）：" in text and "期限：5 个工作日（法规）；起算：“转办”之日" in text
    assert "2016-06-17（周五） 工作日，第 5 个工作日" in text
    assert "放假安排版本" in text and duty.calendar in text and "6月17日（周五） 24 时" in text


def test_第七条五_待前项完成的_也有说明(room, item, reader):
    case = room.forwarded(item, promised="3")
    duty = Obligation.objects.get(case=case, row="D12")
    assert path(duty) in reader("cg").get(f"/desk/cases/{case.number}/").links and path(duty) in reader("cg").get("/desk/").links
    assert "待前项完成，此前不算逾期" in reader("cg").get(path(duty)).text


def test_没有期限的_说明没有(room, item, reader):
    case = room.register("06-02", item, promised="3")
    room.do("06-03", "cg", actions.ask_extension, case, "细则未出台")
    duty = Obligation.objects.get(case=case, row="D2")
    text = reader("zwb").get(path(duty)).text
    assert "没有到期日" in text and "批准延期的期限条文未定" in text


def test_无权看案件的_不知道有没有(room, item, reader):
    case, duty = asked(room, item)
    here, nowhere = reader("hyl").get(path(duty)), reader("hyl").get(f"/desk/cases/{quote(case.number)}/why/9:D4:fzb/")
    assert (here.status, here.text) == (nowhere.status, nowhere.text) == (404, nowhere.text)
    assert reader("cg").get(f"/desk/cases/{quote('调2016-0001')}/why/{duty.place}/").status == 404, "of another case"
    assert reader("cg").get(f"/desk/cases/{quote(case.number)}/why/{quote('👍')}/").status == 404


def test_第十条三_月报的最后一天_也能打开说明(room, reader):
    """D14: the list of months and the report of one lead to the statement of the 28th."""
    room.on("08-01", "00:30")
    sweep()
    duty = Obligation.objects.filter(row="D14").latest("case_id")
    person = reader("zwb")
    for where in (reverse("adjustment:months"), reverse("adjustment:month", args=[duty.case.number])):
        assert path(duty) in person.get(where).links, where
    assert "往前推" in person.get(path(duty)).text and duty.due.isoformat() == "2016-08-26"


def test_第十条三_台账里未办的期限_也能打开说明(room, item, reader):
    _, duty = asked(room, item)
    assert path(duty) in reader("zwb").get(reverse("adjustment:book")).links


def test_第八条_视为同意的_不说成办结(room, item, reader):
    case, duty = asked(room, item)
    room.say("06-20", "fzb", case, "disagree", "来晚了")
    text = reader("fzb").get(path(duty)).text
    assert "到期未作答复，视为同意于 6月17日（周五）" in text and "办结于" not in text
