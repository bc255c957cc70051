"""P-L1: notices as e-mail. One letter for each person and notice, whatever is restarted; none of what was rolled back."""

import pytest
from django.db import transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.actions import set_mail
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.notices.models import Enclosed, Letter, MailAddress, Notice
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.models import Post
from qingdan.statute.roles import CHIEF, LEAD
from tests.kernel.ledger.worlds import begin, do, referred, together
from tests.kernel.notices.people import make_head, post_of
from tests.kernel.notices.test_reminders import each_day, swept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail(settings):
    settings.MAIL_FROM, settings.MAIL_LINK = "qingdan@example.gov.cn", "https://qingdan.example/desk/"


def subscribe(side, mode=MailAddress.DIGEST, day="2016-06-07T08:00", person=None):
    with clock.frozen(day):
        person = person or side.person
        set_mail(by=person, office=side.office, address=f"{person.username}@example.gov.cn", mode=mode)


def letters():
    """[(day, address, subject, number of notices)]"""
    return [
        (x.made.astimezone(clock.SHANGHAI).strftime("%m-%d"), x.address.split("@")[0], x.subject, x.enclosed.count())
        for x in Letter.objects.order_by("pk")
    ]


def test_第八条_到期日随时发负责人_其余每个工作日早上一封(district):
    """D4 of 法制办: told on 06-16 (a morning letter), due on 06-17 (at once, to the head), deemed on the first sweep of 06-18."""
    head = make_head(district.fzb, "fzb_head")
    subscribe(district.fzb)
    subscribe(district.fzb, person=head.person)
    referred(district, "fzb")
    each_day("06-12", "06-16")
    assert letters() == []
    swept("2016-06-16T08:29")
    assert letters() == [], "not before half past eight"
    swept("2016-06-16T08:31")
    assert letters() == [("06-16", "fzb_1", "五单一网：有事项将要到期", 1), ("06-16", "fzb_head", "五单一网：有事项将要到期", 1)]
    each_day("06-17", "06-18")
    assert letters()[2:] == [
        ("06-17", "fzb_head", "五单一网：有事项今天到期", 1),
        ("06-18", "fzb_1", "五单一网：依法视为答复", 1), ("06-18", "fzb_head", "五单一网：依法视为答复", 1),
    ]  # fmt: skip


def test_一封里几件_只写案件条款日期_没有人名(district):
    subscribe(district.fzb)
    referred(district, "fzb")
    other = begin(district, day="2016-06-12T10:00")
    do(other, district.cg, "apply", "2016-06-12T11:00")
    leads = [district.fzb.office]
    do(other, district.zwb, "refer", "2016-06-12T12:00", gives={LEAD: leads, CHIEF: leads})
    each_day("06-12", "06-15")
    swept("2016-06-16T09:00")
    (letter,) = Letter.objects.all()
    assert letter.subject == "五单一网：2 项提醒" and "1. 调2016-0001：反馈审核意见（第七条（三））" in letter.body and "2. 调2016-0002" in letter.body
    assert "https://qingdan.example/desk/" in letter.body
    names = [side.person.name for side in vars(district).values()]
    assert not any(name in letter.body + letter.subject for name in names)
    assert "调2016" not in letter.subject and "法制办" not in letter.subject


def test_同一提醒同一个人_只写一次_重启或两处同时也一样(district):
    subscribe(district.fzb, MailAddress.EACH)
    referred(district, "fzb")
    each_day("06-12", "06-16")
    before = letters()
    assert len(before) == 1
    with clock.frozen("2016-06-16T12:00"):
        assert write_letters() == 0
    assert letters() == before and Enclosed.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_几个进程同时写_每人每条一封(district):
    subscribe(district.cg, MailAddress.EACH)
    with clock.frozen("2016-06-07T10:00"):
        for n in range(5):
            tell(district.cg.office, f"第{n}件", key=f"k{n}")
        together(*[write_letters for _ in range(4)])
    assert Letter.objects.count() == 5 and Enclosed.objects.count() == 5


def test_撤销了的提醒_没有邮件(district):
    subscribe(district.cg, MailAddress.EACH)
    with clock.frozen("2016-06-07T10:00"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tell(district.cg.office, "没有发生的事", key="never")
            raise ZeroDivisionError
        assert write_letters() == 0
    assert not Letter.objects.exists()


def test_后提交的提醒_编号在前也不漏(district):
    """A notice whose number is below the mark, committed later, is found: the last ones are looked through again."""
    subscribe(district.cg, MailAddress.EACH)
    with clock.frozen("2016-06-07T10:00"):
        tell(district.cg.office, "先提交", key="b")
        first = Notice.objects.get()
        Notice.objects.filter(pk=first.pk).update(id=first.pk + 10)
        assert write_letters() == 1
        tell(district.cg.office, "后提交", key="a")
        late = Notice.objects.get(key="a")
        Notice.objects.filter(pk=late.pk).update(id=first.pk + 1)
        assert write_letters() == 1
    assert {x.body.split("\n")[0] for x in Letter.objects.all()} == {"先提交", "后提交"}


def test_没有设置邮件_不写_设置以后早上一封补上未读的(district, settings):
    settings.MAIL_FROM = ""
    subscribe(district.cg, MailAddress.EACH)
    with clock.frozen("2016-06-07T10:00"):
        tell(district.cg.office, "一件", key="k")
        assert write_letters() == 0
    settings.MAIL_FROM = "qingdan@example.gov.cn"
    with clock.frozen("2016-06-08T10:00"):
        tell(district.cg.office, "另一件", key="l")
        write_letters()
    assert {x.body.split("\n")[0] for x in Letter.objects.all()} == {"一件", "另一件"}


def test_登记以前的提醒不发_不发邮件的不发_离任的不发(district):
    with clock.frozen("2016-06-06T10:00"):
        tell(district.cg.office, "登记以前", key="old")
    subscribe(district.cg, MailAddress.EACH)
    subscribe(district.bb, MailAddress.OFF)
    subscribe(district.fzb, MailAddress.EACH)
    post = post_of(district.fzb)
    with clock.frozen("2016-06-07T18:00"):
        post.valid_to = clock.today()
        note("end_post", by=None, rows=[post])
    with clock.frozen("2016-06-08T10:00"):
        for side in (district.cg, district.bb, district.fzb):
            tell(side.office, "今天的", key=f"now:{side.office.code}")
        write_letters()
    assert [(x.address, x.body.split("\n")[0]) for x in Letter.objects.all()] == [("cg_1@example.gov.cn", "今天的")]
    assert Post.objects.count() > 3


def test_休息日不发早上一封(district):
    subscribe(district.cg)
    with clock.frozen("2016-06-18T10:00"):  # a Saturday
        tell(district.cg.office, "周六记的", key="k")
        assert write_letters() == 0
    with clock.frozen("2016-06-20T10:00"):
        assert write_letters() == 1


def test_查询次数不随人数增加(district, django_assert_max_num_queries):
    for side in vars(district).values():
        subscribe(side)
    with clock.frozen("2016-06-07T10:00"):
        tell(district.cg.office, "一件", key="k")
        write_letters()
        with django_assert_max_num_queries(14):
            write_letters()


def test_登记邮箱记入台账_台账里没有邮箱(district):
    subscribe(district.cg, MailAddress.EACH)
    event = Event.objects.get(act="set_mail")
    assert event.facts == {"mode": "each"} and "example.gov.cn" not in event.body
    assert verify().fault is None
    with pytest.raises(Refused), clock.frozen("2016-06-07T10:00"):
        set_mail(by=district.cg.person, office=district.fzb.office, address="x@example.gov.cn", mode="each")
