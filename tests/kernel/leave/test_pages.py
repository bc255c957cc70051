"""代办 at the pages: set, seen, chosen, ended, and every place that says who acted."""

import re

import pytest

from qingdan.kernel import clock
from qingdan.kernel.accounts.models import Word
from qingdan.kernel.leave import actions
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.actions import set_mail
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.notices.models import Letter, MailAddress, Notice, Reading
from qingdan.kernel.notices.telling import tell
from qingdan.lists.models import ItemVersion
from qingdan.measures.adjustment import actions as room_actions
from tests.kernel.notices.people import lies_before
from tests.kernel.policy.walking import as_, keepers
from tests.measures.browsing import Page
from tests.measures.room import Room

from .conftest import post_of, standing_in

pytestmark = pytest.mark.django_db
OWN, END, STAND = "/desk/leave/", "/desk/leave/{}/end/", "/desk/leave/stand/"


def see(client, where="/desk/"):
    return Page(client.get(where))


@pytest.fixture
def item(district):
    return Room(district).put()


@pytest.fixture
def lived(item, people, away, district):
    """法制办's head is away 06-06 to 06-17, fzb_2 stands in; a case came to 法制办 on 06-12. It is 06-13."""
    away("fzb_head", "fzb_2", "06-06", "06-17")
    room = Room(district)
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    clock.set_fixed("2016-06-13T09:00")
    return case


def taken(client):
    """This browser acts for whomever its person may stand in for."""
    assert client.post(STAND, {"absence": Absence.objects.get().pk})["Location"] == "/desk/"
    return client


def test_登记_空白的页面说明怎么办_登记以后列出(people):
    head = as_("fzb_head")
    page = see(head, OWN)
    assert "没有登记过代办" in page.text and "今天没有由您代办的职务" in page.text and "经办乙（fzb_2）" in page.text and "zwb_2" not in page.text
    typed = {"post": post_of(people["fzb_head"]).pk, "substitute": people["fzb_2"].pk, "first": "2016-06-06", "last": "2016-06-17"}
    assert head.post(OWN, typed)["Location"] == OWN
    page = see(head, OWN)
    assert "生效中" in page.text and "经办乙" in page.text and verify().fault is None


@pytest.mark.parametrize(("wrong", "said"), [
    ({"substitute": ""}, "请选择代办人"), ({"substitute": "cg"}, "没有这个选项"), ({"first": "2016-06-05"}, "不能追溯"), ({"last": "2016-06-05"}, "早于第一天"),
    ({"first": "六月"}, "日期写作 2016-06-17"), ({"post": "999"}, "没有这个选项"),
])  # fmt: skip
def test_登记_填错的说明哪里错_所填保留(people, wrong, said):
    wrong = {k: people["cg_1"].pk if v == "cg" else v for k, v in wrong.items()}
    typed = {"post": post_of(people["fzb_head"]).pk, "substitute": people["fzb_2"].pk, "first": "2016-06-06", "last": "2016-06-17"} | wrong
    answer = as_("fzb_head").post(OWN, typed)
    assert answer.status_code == 422 and said in answer.content.decode() and not Absence.objects.exists()
    assert "2016-06-17" in answer.content.decode() or "last" in wrong


def test_没有同事的单位_说明没有人可以代办(people):
    assert "没有别的同志可以代办" in see(as_("cg_1"), OWN).text


def test_待办_代办人看到代谁到哪天_选定后每项注明(lived):
    own = see(as_("fzb_2"))
    assert "代负责人甲（至6月17日（周五））法制办经办人：1项待办" in own.tight
    chosen = see(taken(as_("fzb_2")))
    assert chosen.tight.count("代负责人甲（至6月17日（周五））") == 2  # above the list, and at its one duty
    assert "代 负责人甲" not in see(as_("fzb_3")).text


def test_待办_不在岗的人看到今天由谁代办(lived, away):
    assert "今天由 经办乙 代办" in see(as_("fzb_head")).text
    away("fzb_2", "fzb_3", "06-13", "06-14", on="06-13T10:00")
    assert "今天由 经办丙 代办" in see(as_("fzb_head")).text
    assert "今天他也不在岗，由 经办丙 代办" in see(as_("fzb_head"), OWN).text


def test_代办的办理_台账写明谁代谁_各处显示(lived, district):
    client = taken(as_("fzb_2"))
    where = f"/adjustment/{lived.number}/agree/"
    assert client.post(where, {"opinion": "同意", "seen": lived.events.count()}).status_code == 302
    event = Event.objects.get(act="agree")
    assert (event.person.username, event.whom, event.told["for"]) == ("fzb_2", ["fzb_head"], ["fzb_head"])
    assert "经办乙 代 负责人甲" in see(as_("zwb_1"), f"/desk/cases/{lived.number}/").text
    late = as_("fzb_3").post(where, {"opinion": "我也同意", "seen": "3"}).content.decode()
    assert "经办乙 代 负责人甲于06月13日" in late
    keepers()
    assert "fzb_2 经办乙 代 负责人甲" in see(as_("aud_1"), "/account/log/?what=events").text
    assert "fzb_2 经办乙 代 负责人甲" in as_("aud_1").get("/account/log.csv?what=events").content.decode()
    assert verify().fault is None


def test_核准人是代办的_公布的版本写明谁代谁(lived, district, away):
    away("zwb_head", "zwb_2", "06-14", "06-17", on="06-13T10:00")
    room = Room(district)
    room.say("06-13", "fzb", lived, "agree", "同意")
    room.on("06-14")
    room_actions.approve(lived, "核准", by=standing_in("zwb_2", "zwb_head"), office=district.zwb.office)
    assert room_actions.change_of(lived.request, lived).approver == "经办乙 代 负责人甲" and ItemVersion.objects.count() == 1


def test_本人名义和代办可以来回_不选就是本人(lived):
    client = as_("fzb_2")
    client.post(f"/adjustment/{lived.number}/agree/", {"opinion": "同意", "seen": lived.events.count()})
    assert Event.objects.get(act="agree").whom == []
    taken(client)
    assert "您办的每一步都记为" in see(client).text
    assert client.post(STAND, {}).status_code == 302
    assert "您办的每一步都记为" not in see(client).text


@pytest.mark.parametrize("who", ["fzb_3", "zwb_2", "cg_1"])
def test_不是代办人的选不了(lived, who):
    client = as_(who)
    assert client.post(STAND, {"absence": Absence.objects.get().pk})["Location"] == OWN
    assert "stands_for" not in client.session and "不能代办" in see(client, OWN).text


def test_b5_代办结束_下一次请求就不代_所填不以本人名义办理(lived, people):
    client, where = taken(as_("fzb_2")), f"/adjustment/{lived.number}/agree/"
    assert client.get(where).status_code == 200
    actions.end(Absence.objects.get(), by=people["fzb_head"])
    before = Event.objects.count()
    answer = client.post(where, {"opinion": "同意", "seen": lived.events.count()})
    assert answer.status_code == 409 and "您的代办已经结束" in answer.content.decode() and Event.objects.count() == before
    assert client.post(where, {"opinion": "同意", "seen": lived.events.count()}).status_code == 302
    assert Event.objects.get(act="agree").whom == [], "the next one is the person's own, and the page said so"


def test_b5_期满_下一次请求就不代(lived):
    client = taken(as_("fzb_2"))
    clock.set_fixed("2016-06-18T00:00")
    page = see(client)
    assert "您的代办已经结束，现在是本人名义" in page.text and "改回本人名义" not in page.text


def test_代办人的账号和邮箱始终是本人的(lived, people):
    client = taken(as_("fzb_2"))
    assert client.post("/desk/notices/mail/", {"address": "b@example.gov.cn", "mode": "each"}).status_code == 302
    row = MailAddress.objects.get()
    assert row.person.username == "fzb_2" and Event.objects.get(act="set_mail").whom == []
    assert "fzb_2" in see(client, "/account/").text and "fzb_head" not in see(client, "/account/").text


def test_负责人不在岗_告知负责人的提醒代办人也看到_各人各自标为已读(lived, district, people):
    tell(district.fzb.office, "只给负责人的一条", key="h", heads_only=True)
    assert [bool(lies_before(post_of(people[n]))) for n in ("fzb_head", "fzb_2", "fzb_3")] == [True, True, False]
    client = taken(as_("fzb_2"))
    client.post("/desk/notices/read/", {"all": "1"})
    assert [r.person.username for r in Reading.objects.filter(notice=Notice.objects.get(key="h"))] == ["fzb_2"]
    clock.set_fixed("2016-06-20T09:00")
    tell(district.fzb.office, "期满以后的一条", key="h2", heads_only=True)
    assert lies_before(post_of(people["fzb_2"])) == []


def test_告知负责人的邮件代办人也收到_每人一封(lived, district, people, settings):
    settings.MAIL_FROM = "qingdan@example.gov.cn"
    for name in ("fzb_head", "fzb_2", "fzb_3"):
        set_mail(by=people[name], office=district.fzb.office, address=f"{name}@example.gov.cn", mode=MailAddress.EACH)
    tell(district.fzb.office, "只给负责人的一条", key="h", heads_only=True)
    write_letters(), write_letters()
    assert sorted(x.person.username for x in Letter.objects.all()) == ["fzb_2", "fzb_head"]
    assert not any(name in x.body + x.subject for x in Letter.objects.all() for name in ("负责人甲", "经办乙"))


def test_结束_本人一键_别人的没有这一页(lived):
    pk = Absence.objects.get().pk
    assert as_("fzb_2").post(END.format(pk)).status_code == 404 and as_("cg_1").post(END.format(pk)).status_code == 404
    head = as_("fzb_head")
    assert head.post(END.format(pk))["Location"] == OWN and "已提前结束" in see(head, OWN).text


def test_已不在岗的_两名安全管理员在页面上办理_双方得到告知(people):
    keepers()
    one, other, system = as_("sec_1"), as_("sec_2"), as_("sys_1")
    where = f"/account/people/{people['fzb_head'].pk}/leave/"
    assert where in see(one, f"/account/people/{people['fzb_head'].pk}/").links and system.get(where).status_code == 403
    assert 'name="substitute"' in one.get(where).content.decode()
    typed = {"post": post_of(people["fzb_head"]).pk, "substitute": people["fzb_2"].pk, "first": "2016-06-06", "last": "2016-06-17", "reason": "单位通知"}
    assert one.post(where, typed | {"reason": ""}).status_code == 422
    page = one.post(where, typed)["Location"]
    assert 'name="confirm"' not in one.get(page).content.decode() and 'name="confirm"' in other.get(page).content.decode()
    assert one.post(page, {"confirm": "1"}).status_code == 422
    assert "待确认" in see(one, "/account/leaves/").text
    assert other.post(page, {"confirm": "1"})["Location"] == "/account/leaves/"
    assert {w.person.username for w in Word.objects.all()} == {"fzb_head", "fzb_2"} and "生效中" in see(one, "/account/leaves/").text
    assert "代 负责人甲" in see(as_("fzb_2")).text
    assert other.post(page, {"end": "1"}).status_code == 302 and Absence.objects.get().ended_at is not None
    assert re.search("已提前结束", see(one, page).text)


def test_负责人要求二次验证的_代办人代办时也要求(lived, settings):
    settings.SECOND_FACTOR = "required"
    client = as_("fzb_2")
    assert client.get("/desk/").status_code == 200
    taken(client)
    assert client.get("/desk/")["Location"] == "/account/"
