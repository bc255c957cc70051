"""调 第十条（二） (O2): spot checks by lead bodies, and the register of 漏报、瞒报、虚报 with what follows."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.registers import actions
from qingdan.measures.adjustment.registers.models import Amendment, FalseReport, SpotCheck

CHECKS, FALSE = "/adjustment/registers/checks/", "/adjustment/registers/false-reports/"
CHECK = {"unit": "cg", "list_kind": "权责", "scope": "夜间施工证明", "checked_on": "2016-06-20", "method": "网上比对", "found": "on", "findings": "电话已变未报"}


@pytest.fixture
def june(room):
    room.on("06-21")
    return room


def test_第十条二_牵头部门登记抽查_被抽查单位看得到_无关单位看不到(june, reader):
    assert reader("fzb").fill(f"{CHECKS}new/", **CHECK).status == 302
    check = SpotCheck.objects.get()
    assert (check.lead.code, check.unit.code, check.found, check.registered_on) == ("fzb", "cg", True, date(2016, 6, 21))
    assert Event.objects.get(act="register_check").person.username == "fzb_1" and verify().fault is None
    for who, sees in (("fzb", True), ("cg", True), ("zwb", True), ("bb", False), ("hyl", False)):
        assert ("电话已变未报" in reader(who).get(CHECKS).text) is sees, who
    assert "还没有抽查记录" in reader("hyl").get(CHECKS).text


def test_第十条二_不是牵头部门的不能登记(june, reader):
    assert reader("cg").get(f"{CHECKS}new/").status == 403 and reader("cg").get(f"{FALSE}new/").status == 403
    assert "登记抽查" not in reader("cg").get(CHECKS).text
    check = SpotCheck(unit=june.d.cg.office, list_kind="权责", scope="一", checked_on=date(2016, 6, 20), method="看", findings="无")
    with pytest.raises(Refused, match="不是牵头部门"):
        actions.register_check(check, **june.who("cg"))


def test_第十条二_抽查日不能晚于今天_所填不丢(june, reader):
    page = reader("fzb").fill(f"{CHECKS}new/", **{**CHECK, "checked_on": "2016-06-22"})
    assert page.status == 422 and "抽查日晚于今天" in page.text and page.value("findings") == "电话已变未报"
    assert SpotCheck.objects.count() == 0


def test_第十条二_从抽查登记漏报_事实已填好_两者相连(june, reader):
    """From a check that found something: unit, item, day and facts are there already."""
    person = reader("fzb")
    person.fill(f"{CHECKS}new/", **CHECK)
    check = SpotCheck.objects.get()
    where = f"{FALSE}new/?check={check.pk}"
    page = person.load(where)
    assert [page.value(n) for n in ("unit", "item", "found_on", "what")] == ["cg", "夜间施工证明", "2016-06-20", "电话已变未报"]
    assert person.send(page, where, kind="漏报", effect="误导", responsible="张某", accountability="依有关规定约谈").status == 302
    report = FalseReport.objects.get()
    assert (report.kind, report.unit.code, report.registrar.code, report.check_made, report.effect) == ("漏报", "cg", "fzb", check, "误导")
    for who, sees in (("cg", True), ("zwb", True), ("hyl", False)):
        assert ("依有关规定约谈" in reader(who).get(FALSE).text) is sees, who
    assert verify().fault is None


def test_第十条二_被媒体曝光的须写明报道(june, reader):
    """考13(4): the media report is part of the register."""
    typed = {"unit": "cg", "list_kind": "权责", "kind": "虚报", "item": "一", "found_on": "2016-06-20", "what": "不实", "effect": "曝光"}
    person = reader("zwb")
    refused = person.fill(f"{FALSE}new/", **typed)
    assert refused.status == 422 and "请写明媒体" in refused.text and FalseReport.objects.count() == 0
    assert person.fill(f"{FALSE}new/", **typed, press="某报 2016-06-19").status == 302
    assert "某报 2016-06-19" in reader("cg").get(FALSE).text


def test_第十条二_同一表单发两次_只登记一次(june, reader):
    person = reader("fzb")
    page = person.load(f"{CHECKS}new/")
    assert [person.send(page, f"{CHECKS}new/", **CHECK).status for _ in range(2)] == [302, 302]
    assert SpotCheck.objects.count() == 1


def test_登记册的空页说明怎么办(june, reader):
    assert "没有登记" in reader("zwb").get(FALSE).text and "点右上角" in reader("zwb").get(FALSE).text


# ---- 更正、补充: a later entry that names the earlier one


def registered(person):
    """A spot check and a false report of the lead body."""
    person.fill(f"{CHECKS}new/", **CHECK)
    check = SpotCheck.objects.get()
    person.fill(f"{FALSE}new/?check={check.pk}", kind="漏报", effect="误导")
    return check, FalseReport.objects.get()


def test_第十条二_更正是另一条登记_指明原登记_原登记不改(june, reader):
    """第十条（二）、O2: both stay; the paper of 责任追究 is linked by its number and day; the unit concerned reads it."""
    person = reader("fzb")
    check, report = registered(person)
    assert person.fill(f"{CHECKS}{check.pk}/amend/", what="电话是 6 月 18 日变的").status == 302
    june.on("07-01")
    assert person.fill(f"{FALSE}{report.pk}/amend/", what="已约谈", paper="金政追〔2016〕3号", paper_on="2016-06-30").status == 302
    amended = report.amendments.get()
    assert (amended.number, amended.paper, amended.paper_on, amended.registrar.code) == (1, "金政追〔2016〕3号", date(2016, 6, 30), "fzb")
    event = Event.objects.get(act="amend_false_report")
    assert (event.facts["of"], event.facts["paper"]) == (report.pk, "金政追〔2016〕3号") and verify().fault is None
    assert FalseReport.objects.get().what == "电话已变未报" and SpotCheck.objects.get().findings == "电话已变未报"
    assert "电话是 6 月 18 日变的" in reader("cg").get(CHECKS).text
    assert "金政追〔2016〕3号，2016-06-30" in reader("cg").get(FALSE).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"what": ""}, "请填写更正或者补充的内容"), ({"paper": "3号"}, "文号和日期要一起填写"), ({"paper_on": "2016-06-20"}, "文号和日期要一起填写"),
     ({"paper": "3号", "paper_on": "2016-06-22"}, "责任追究文书日期晚于今天")],
)  # fmt: skip
def test_第十条二_补充写得不对_说明原因_所填不丢(typed, said, june, reader):
    check, _ = registered(reader("fzb"))
    answer = reader("fzb").fill(f"{CHECKS}{check.pk}/amend/", **({"what": "补充一段"} | typed))
    assert answer.status == 422 and said in answer.text and answer.value("what") == typed.get("what", "补充一段")
    assert check.amendments.count() == 0


def test_第十条二_只有登记的部门和政务办可以更正(june, reader):
    """第十条（二）: another lead body does not even see it; the unit concerned reads and does not write."""
    check, report = registered(reader("fzb"))
    assert reader("bb").get(f"{CHECKS}{check.pk}/amend/").status == 404
    assert reader("cg").get(f"{FALSE}{report.pk}/amend/").status == 403
    with pytest.raises(Refused, match="这一条由法制办登记"):
        actions.amend(check, Amendment(what="改"), **june.who("bb"))
    assert reader("zwb").fill(f"{CHECKS}{check.pk}/amend/", what="政务办补充").status == 302


def test_第十条二_两人同时补充_后一人先看到前一条(june, reader):
    check, _ = registered(reader("fzb"))
    path = f"{CHECKS}{check.pk}/amend/"
    pages = [reader(who).load(path) for who in ("fzb", "zwb")]
    assert reader("fzb").send(pages[0], path, what="先写的").status == 302
    answer = reader("zwb").send(pages[1], path, what="后写的")
    assert answer.status == 422 and "另一名同志已经补充" in answer.text and "先写的" in answer.text and answer.value("what") == "后写的"
    assert reader("fzb").send(pages[0], path, what="先写的").status == 302 and check.amendments.count() == 1  # the same form again


def test_没有应报月份时的空页说明怎么办(room, reader):
    room.on("05-20")
    assert "还没有应报的月份" in reader("zwb").get("/adjustment/registers/months/").text


def test_第十条二_单位和清单要自己选_不预先替人选第一个(june, reader):
    """A check is never laid to the first unit of the list because nobody chose."""
    page = reader("fzb").fill(f"{CHECKS}new/", **{**CHECK, "unit": "", "list_kind": ""})
    assert page.status == 422 and "请选择单位。" in page.text and "请选择清单。" in page.text and SpotCheck.objects.count() == 0
    assert reader("fzb").load(f"{CHECKS}new/").value("unit") == ""
