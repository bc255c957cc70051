"""第十一条, 第十三条, 第十六条: two persons are two persons, whoever stands in for whom; who must keep out does not sign either; looked at under the lock."""

from datetime import date, timedelta

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.leave import actions as leave
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.actions import appoint, entrust
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.vault import interests, unlocking
from qingdan.kernel.vault.models import Reading
from qingdan.measures.complaints import answerable, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import liabilities_visible_to
from qingdan.measures.complaints.investigating import ready

from .inquiry import Inquiry
from .room import IDENTITY, TEXT

pytestmark = pytest.mark.django_db
DAY = date(2016, 9, 26)


def stand_in(q, on, substitute, absent):
    """This person of the body, acting in the place of that one."""
    q.room.on(on)
    post = Post.objects.get(person=q.people[absent])
    leave.announce(post=post, substitute=q.people[substitute], first=clock.today(), last=date(2016, 12, 1), by=q.people[absent])
    person = Person.objects.get(pk=q.people[substitute].pk)
    person.stands_for = (q.people[absent],)
    return person


def test_第十一条_代起草人审核的_按同一个人计算(room):
    q = Inquiry(room)
    letter = q.draft("09-14", "handover", "hyl", DAY)
    for_drafter = stand_in(q, "09-14", "3", "1")
    with pytest.raises(Refused, match="代办的人和被代的人按同一个人计算"):
        q.do("09-14", "3", errands.approve, letter, by=for_drafter)
    q.approve("09-14", letter, by="3")


def test_第十六条_代起草人签发的_按同一个人计算(room):
    q = Inquiry(room)
    q.hear()
    q.decision("09-14")
    for_drafter = stand_in(q, "09-14", "h", "1")
    with pytest.raises(Refused, match="起草和签发不能是同一个人"):
        q.do("09-14", "h", deciding.decide, by=for_drafter)
    q.decide("09-14")


def test_第十三条_不能由代办人决定被代人的回避(room):
    q = Inquiry(room, team=("1", "2", "3"))
    q.do("09-13", "3", investigating.ask_recusal, q.people["3"], "interest", "self", "近亲属在该单位")
    for_asker = stand_in(q, "09-13", "h", "3")
    with pytest.raises(Refused, match="不能决定自己的回避"):
        q.do("09-13", "h", investigating.decide_recusal, [q.people["3"]], "head", "应当回避", by=for_asker)


def test_第十八条_代登记人决定的_按同一个人计算(room):
    q = Inquiry(room)
    room.on("09-14")
    found = answerable.register("obstruction", q.c, room.office("cg"), "拒不提供材料", **q.who("1"))
    for_registrar = stand_in(q, "09-14", "2", "1")
    (found,) = liabilities_visible_to(q.office, clock.today())
    with pytest.raises(Refused, match="登记和决定不能是同一个人"):
        answerable.drop(found, "情节轻微", by=for_registrar, office=q.office)
    answerable.drop(found, "情节轻微", **q.who("2"))


@pytest.mark.parametrize("case", ["named", "custodian", "accused"])
def test_第十三条_应当回避的人_也不审核文书(room, case):
    q = Inquiry(room, text=f"{TEXT}，法制办经办3在场" if case == "named" else TEXT)
    letter = q.draft("09-14", "handover", "hyl", DAY)
    if case == "custodian":
        entrust(person=q.people["3"], office=q.office, by=None)
    if case == "accused":
        appoint(person=q.people["3"], office=room.office("cg"), by=None, since=clock.today())
    with pytest.raises(Refused, match="应当回避"):
        q.approve("09-14", letter, by="3")
    q.approve("09-14", letter, by="2")


def test_第十三条_回避了的负责人_不签发决定(room):
    q = Inquiry(room, team=("1", "2", "h"))
    q.do("09-13", "h", investigating.ask_recusal, q.people["h"], "interest", "self", "近亲属在该单位")
    q.hear("09-14")
    q.decision("09-14")
    q.do("09-14", "h2", investigating.decide_recusal, [q.people["h"]], "collective", "应当回避")
    with pytest.raises(Refused, match="已经回避"):
        q.decide("09-14", by="h")
    q.decide("09-14", by="h2")


def test_第十三条_后来任身份保管员的_到被投诉单位任职的_不再算作调查人员(room):
    q = Inquiry(room, team=("1", "2", "3"))
    assert len(ready(q.c)) == 3
    entrust(person=q.people["3"], office=q.office, by=None)
    assert [p.username for p in ready(q.c)] == ["fzb_1", "fzb_2"]
    appoint(person=q.people["2"], office=room.office("cg"), by=None, since=clock.today())
    with pytest.raises(Refused, match="现在能参加调查的有 1 人"):
        q.do("09-13", "1", hearing.record_finding, "票据三张", date(2016, 9, 13))


def test_第十三条_等待决定的人调整出去了_仍然可以决定_决定回避的不能再增加(room):
    q = Inquiry(room, team=())
    room.on("09-12")
    interests.declare("phone", "relative", IDENTITY["phone"], by=q.people["3"], office=q.office)
    q.name("09-12", "1", "2", "3")
    q.do("09-12", "1", investigating.remove_investigator, q.people["3"], "另有任务")
    q.do("09-13", "h", investigating.decide_recusal, [q.people["3"]], "head", "有直接利害关系")
    assert not q.case.obligations.filter(row="S21", how="").exists()
    with pytest.raises(Refused, match="已经回避"):
        q.do("09-14", "1", investigating.add_investigator, q.people["3"])


def meanwhile(monkeypatch, module, do):
    """Somebody else does this after the act has looked and before it has the lock."""
    plain = module.write

    def write(*args, **kw):
        monkeypatch.setattr(module, "write", plain)
        do()
        return plain(*args, **kw)

    monkeypatch.setattr(module, "write", write)


@pytest.mark.parametrize("step", ["hear", "draft"])
def test_第十三条_同时有人调整出去的_在锁内再看一次(room, monkeypatch, step):
    q = Inquiry(room)
    room.on("09-13")
    meanwhile(monkeypatch, {"hear": hearing, "draft": errands}[step],
              lambda: investigating.remove_investigator(q.case, q.people["2"], "另有任务", **q.who("1")))  # fmt: skip
    with pytest.raises(Refused, match="不得少于两人"):
        if step == "hear":
            q.do("09-13", "1", hearing.hear, "complainant", "陈述", "talk", date(2016, 9, 13))
        else:
            q.draft("09-13", "handover", "hyl", DAY)


def test_第十一条_两份待审核的各审各的_重复提交不变_一个表单不审两份(room):
    q = Inquiry(room)
    one, two = (q.draft("09-14", "handover", unit, DAY) for unit in ("hyl", "fgw"))
    first = q.do("09-14", "2", errands.approve, one, key="k1")
    assert q.do("09-14", "2", errands.approve, one, key="k1") == first
    with pytest.raises(Refused, match="另一份文书"):
        q.do("09-14", "2", errands.approve, two, key="k1")
    with pytest.raises(Refused, match="没有这份待审核的文书"):
        q.do("09-14", "2", errands.approve, one)
    q.do("09-14", "2", errands.approve, two, key="k2")
    assert not q.case.obligations.filter(row="T7", how="").exists()


def test_第四条_办过单位报告的身份保管员_不决定解锁(room):
    q = Inquiry(room)
    room.on("09-12")
    entrust(person=q.people["3"], office=q.office, by=None)
    sent = q.send("09-14", "handover", "hyl", DAY)
    q.of("09-15", "hyl", errands.report, sent, "已经查明")
    q.of("09-16", "3", errands.accept, sent)
    asked = unlocking.ask(q.c.reference, "当面核实", by=q.people["1"], office=q.office)
    with pytest.raises(Refused, match="参与办理"):
        unlocking.grant(asked, by=q.people["3"], until=clock.now() + timedelta(hours=2))


def test_第四条_外单位的人指定调查人员_不读投诉内容(room):
    q = Inquiry(room, team=())
    before = Reading.objects.count()
    with pytest.raises(Refused):
        q.do("09-13", "1", investigating.name_investigators, [q.people["1"], q.people["2"]], **room.who("cg"))
    assert Reading.objects.count() == before


def test_第二十条_区政府登记政务办的责任_由另一人决定_看不到的投诉也能办完(room):
    q = Inquiry(room)
    colleague = Person(username="qz_2", name="区政府办经办乙")
    note("one_more", by=None, rows=[colleague, Post(person=colleague, office=room.office("qz"), valid_from=date(2016, 5, 6))])
    found = answerable.register("office", q.c, room.office("zwb"), "两次不批转", **room.who("qz"))
    answerable.drop(found, "已经改正", by=colleague, office=room.office("qz"))
    (seen,) = liabilities_visible_to(room.office("qz"), clock.today())
    assert seen.outcome == "dropped" and not liabilities_visible_to(room.office("zwb"), clock.today())
