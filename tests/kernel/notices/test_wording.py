"""P-L1: the words of each notice are changed by 政务办 on a page; they name no person, and what was told already keeps its words."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices import wording
from qingdan.kernel.notices.actions import restore_wording, set_mail, set_wording
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.notices.models import Letter, MailAddress, Notice, Wording
from qingdan.kernel.notices.texts import TARGET, TEXTS, WORDS
from tests.kernel.ledger.worlds import referred
from tests.kernel.notices.test_reminders import each_day
from tests.measures.browsing import Page

OURS = "{案件}请{单位}于{到期日}前办理“{事项}”（{条款}），剩 {剩余} 个工作日。"


@pytest.fixture
def zwb(district):
    clock.set_fixed("2016-06-06T09:00")
    return {"by": district.zwb.person, "office": district.zwb.office}


# ---- what may be said


@pytest.mark.parametrize("event", TEXTS)
def test_标准文字自己合格_没有一个占位词指人(event):
    text = TEXTS[event]
    assert wording.check(event, text.standard) == text.standard
    assert "{" not in wording.sample(text.standard) and set(text.words) <= set(WORDS) and set(text.needs) <= set(text.words)
    assert not any(wording.PERSONAL.search(word) for word in WORDS)


@pytest.mark.parametrize(("event", "words", "said"), [
    ("before", OURS + "{姓名}", "{姓名} 是个人信息"), ("before", OURS + "{投诉人电话}", "{投诉人电话} 是个人信息"), ("before", OURS + "{经办人}", "个人信息"),
    ("before", OURS + "{意见}", "{意见} 是个人信息或者材料内容"), ("before", OURS + "{number}", "没有 {number} 这个占位词"), ("before", OURS + "{}", "没有 {} 这个占位词"),
    ("before", OURS + "{案件.office}", "没有 {案件.office} 这个占位词"), ("before", OURS + "{案件!r}", "没有 {案件!r}"), ("before", OURS + "{0}", "没有 {0}"),
    ("before", OURS + "{效果}", "“将要到期”的提醒没有 {效果}"), ("before", OURS + "{案件", "花括号没有成对"), ("before", OURS + "}", "花括号没有成对"),
    ("before", "请于{到期日}前办理。", "缺少 {案件}"), ("before", "请办理。", "缺少 {案件}、{到期日}"), ("before", " \n ", "没有写文字"),
    ("before", OURS + "字" * 500, "多于 500 个字"), ("before", OURS + "\u202e", "不可显示"), ("before", OURS + "电话 0371-63526000", "像是电话或者证件号码"),
    ("today_choice", "{案件}到{到期日}了，请办理。", f"没有写明“{TARGET}”"), ("overdue_choice", "{案件}到{到期日}已经逾期（法规未定期限）。", "写了“逾期”"),
    ("horizon", "快用完了。", "缺少 {截止日}"), ("deemed", "{案件}：{单位}没有办理。", "缺少 {效果}"),
])  # fmt: skip
def test_不合格的文字_按名称拒绝_说明可以怎样写(event, words, said):
    with pytest.raises(Refused) as refused:
        wording.check(event, words)
    assert said in str(refused.value) and refused.value.todo


def test_文字里的话不会被当作程序(zwb):
    assert wording.say("{案件}{案件.x}{{案件}}", {"案件": "{到期日}", "到期日": "秘密"}) == "{到期日}{案件.x}{{到期日}}"


# ---- what it does


@pytest.mark.django_db
def test_改后的提醒用新文字_已经告知和等待发出的不变(district, zwb, settings):
    settings.MAIL_FROM = "qingdan@example.gov.cn"
    set_mail(by=district.fzb.person, office=district.fzb.office, address="f@example.gov.cn", mode=MailAddress.EACH)
    referred(district, "fzb")
    each_day("06-12", "06-16")
    clock.set_fixed("2016-06-16T09:30")
    write_letters()
    told, letters = list(Notice.objects.values_list("pk", "text")), list(Letter.objects.values_list("pk", "body"))
    assert any("还有 1 个工作日" in text for _, text in told) and letters
    set_wording("today_deemed", "{案件}：{单位}请今天办完（{到期日}），否则{效果}。", seen=0, **zwb)
    set_wording("before", OURS, seen=0, **zwb)
    assert list(Notice.objects.values_list("pk", "text")) == told and list(Letter.objects.values_list("pk", "body")) == letters
    each_day("06-17", "06-17")
    assert Notice.objects.filter(step="today", text="调2016-0001：法制办请今天办完（2016年6月17日（周五）），否则视为同意。").exists()
    assert verify().fault is None


@pytest.mark.django_db
def test_每一版留下谁何时_恢复也是一版_都记入台账(zwb):
    set_wording("before", OURS, seen=0, **zwb)
    clock.set_fixed("2016-06-07T10:00")
    restore_wording("before", seen=1, **zwb)
    assert wording.in_force()["before"] == TEXTS["before"].standard
    told = [(v.number, v.by.username, v.restored, v.at.astimezone(clock.SHANGHAI).strftime("%m-%d")) for v in Wording.objects.order_by("number")]
    assert told == [(1, "zwb_1", False, "06-06"), (2, "zwb_1", True, "06-07")]
    events = [(e.act, e.facts["event"], e.facts["number"], e.facts["text"]) for e in Event.objects.filter(act__endswith="_wording")]
    assert events == [("set_wording", "before", 1, OURS), ("restore_wording", "before", 2, TEXTS["before"].standard)] and verify().fault is None


@pytest.mark.django_db
def test_恢复以后跟着产品的标准文字走(zwb, monkeypatch):
    set_wording("before", OURS, seen=0, **zwb)
    restore_wording("before", seen=1, **zwb)
    other = TEXTS["before"].__class__("将要到期", "{案件} {到期日}", ("案件", "到期日"))
    monkeypatch.setattr(wording, "TEXTS", {**TEXTS, "before": other})
    assert wording.in_force()["before"] == "{案件} {到期日}"


@pytest.mark.django_db
def test_不是政务办的不能改_看过旧版的不能盖掉新版_没有改变的不存(district, zwb):
    with pytest.raises(Refused, match="由政务办拟定"):
        set_wording("before", OURS, seen=0, by=district.cg.person, office=district.cg.office)
    set_wording("before", OURS, seen=0, **zwb)
    with pytest.raises(Refused, match="另一名同志已经修改"):
        set_wording("before", OURS + "请抓紧。", seen=0, **zwb)
    with pytest.raises(Refused, match="与现在的文字相同"):
        set_wording("before", OURS, seen=1, **zwb)


# ---- the page


@pytest.mark.django_db
def test_页面_列出占位词_预览虚构的案件_不存_再存_再恢复(client_as, zwb):
    office, where = client_as("zwb_1"), "/desk/notices/words/before/"
    assert where in Page(office.get("/desk/notices/words/")).links and "/desk/notices/words/" in Page(office.get("/desk/notices/")).links
    assert "/desk/notices/words/" not in Page(client_as("cg_1").get("/desk/notices/")).links and client_as("cg_1").get(where).status_code == 403
    page = Page(office.get(where))
    assert "{剩余}" in page.text and "还没有修改过" in page.text and "{效果}" not in page.text
    shown = Page(office.post(where, {"text": OURS, "preview": "1", "seen": "0"}))
    assert "调2016-0042请某某局于2016年6月17日（周五）前办理“反馈审核意见”" in shown.text and not Wording.objects.exists()
    assert shown.value("text") == OURS
    bad = office.post(where, {"text": OURS + "{姓名}", "save": "1", "seen": "0"})
    assert bad.status_code == 422 and "{姓名} 是个人信息" in bad.content.decode() and Page(bad).value("text") == OURS + "{姓名}"
    assert office.post(where, {"text": OURS, "save": "1", "seen": "0"})["Location"] == where
    assert "政务办经办甲" in Page(office.get(where)).text and "已修改" in Page(office.get("/desk/notices/words/")).text
    assert office.post(where, {"restore": "1", "seen": "1"})["Location"] == where and wording.in_force()["before"] == TEXTS["before"].standard
    assert office.post(where, {"restore": "1", "seen": "2"}).status_code == 422
    assert office.get("/desk/notices/words/none/").status_code == 404
