"""P-D9 再次投诉: by the rules, at the desk and by the query code alike; and what the case page shows to whom."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints import actions
from qingdan.measures.complaints.access import family, visible_to
from qingdan.measures.complaints.likeness import like
from qingdan.measures.complaints.models import Complaint
from qingdan.measures.complaints.reopening import again, round_of

from .paging import TYPED, opened
from .room import owed

pytestmark = pytest.mark.django_db
FACTS = "又收了三次"
N = iter(range(1000, 10_000))


def ended(room, on="09-12", **changes):
    """A complaint that 法制办 refused: what is over by one act."""
    c = room.file(on, changes.pop("who", "fzb"), **changes)
    room.decline(on, c)
    return room.fresh(c)


def reopened(room, earlier, on="09-14", **kw):
    """By the query code."""
    room.on(on)
    earlier = room.fresh(earlier)
    filing = again(earlier, FACTS, confidential=True, reference=f"{next(N):016d}", **kw)
    return actions.file_complaint(filing, by=None, key=f"again{filing.reference}")


def at_desk(room, earlier, who="fzb", on="09-14", new_facts=FACTS, **changes):
    return room.file(on, who, earlier=room.fresh(earlier), new_facts=new_facts, **changes)


def test_第十条_第一次再次投诉_同一机关_受理期限重新计算(room):
    c = reopened(room, ended(room))
    assert (c.reopening, c.new_facts, c.handler, c.flagged) == (1, True, room.office("fzb"), False) and owed(c) == [("D16", "fzb", "09-19")]


def test_第十条_第二次再次投诉_由政务办重新批转_提示核对(room):
    first = reopened(room, ended(room))
    room.decline("09-18", first)
    second = reopened(room, first, "09-19")
    assert (second.reopening, second.handler, second.flagged) == (2, None, True) and owed(second) == [("D15", "zwb", "09-21")]
    room.assign("09-20", second, "bb", reason="第二次再次投诉，换一家办理")
    room.decline("09-21", second, who="bb")
    third = reopened(room, second, "09-22")
    assert (third.reopening, third.handler) == (3, None) and len(family(third)) == 4 and verify().fault is None


def test_第三条_投诉政务办的_每一次都由区政府指定_政务办看不到(room):
    from qingdan.measures.complaints import assigning

    c = room.file("09-12", None, respondent_office=room.office("zwb"))
    room.do("09-12", "qz", assigning.assign_by_district, c, room.office("fzb"), "指定")
    room.decline("09-13", c)
    for n in (1, 2):
        c = reopened(room, c, f"09-{17 + 2 * n}")
        assert (c.reopening, c.about_office) == (n, True) and owed(c)[0][:2] == ("S14", "qz")
        assert not visible_to(room.office("zwb"), clock.today()).filter(pk=c.pk).exists()
        room.do(f"09-{17 + 2 * n}", "qz", assigning.assign_by_district, c, room.office("fzb"), "指定")
        room.decline(f"09-{18 + 2 * n}", c)


def test_第六条五_有新的事实的_不能以重复投诉不予受理(room):
    earlier = ended(room)
    for c in (reopened(room, earlier), at_desk(room, ended(room, "09-14"), on="09-14")):
        with pytest.raises(Refused, match="新的事实"):
            room.decline("09-18", c, "6-5", earlier=earlier, answer="已经答复")
        assert room.fresh(c).earlier_id and room.fresh(c).refusal == ""


def test_还没有结果的_没有新的事实的_不是再次投诉(room):
    going = room.file("09-12", "fzb")
    with pytest.raises(Refused, match="还没有结果"):
        reopened(room, going)
    with pytest.raises(Refused, match="没有写明新的事实"):
        round_of(ended(room, "09-14"), "  ")
    with pytest.raises(Refused, match="没有写明新的事实"):
        at_desk(room, ended(room, "09-14"), new_facts="")


def test_从哪一件再次投诉_都数在一起_还在办理的不重复开(room):
    first = ended(room)
    second = reopened(room, first)
    with pytest.raises(Refused, match="还在办理"):
        reopened(room, first, "09-14")
    room.decline("09-18", second)
    assert reopened(room, first, "09-19").reopening == 2, "whoever goes back to the first one does not begin to count anew"


def test_撤回的不挡再次投诉(room):
    from qingdan.measures.complaints import complaining

    first = ended(room)
    second = reopened(room, first)
    room.do("09-18", None, complaining.withdraw_complaint, second)
    assert reopened(room, first, "09-19").reopening == 2


def test_第四条_再次投诉的_和此前的认得出是一个人_不用打开身份(room):
    first = ended(room)
    assert like(reopened(room, first), room.office("fzb")) == [first]


# ---- 登记


def test_第十条_电话来信再次投诉的_登记时指明此前的一件(room, reader):
    earlier = ended(room)
    room.on("09-14")
    typed = TYPED | {"received_on": "2016-09-14", "new_facts": FACTS}
    assert reader("fzb").fill("/complaints/new/", **typed, earlier=earlier.spelled.lower()).status == 200
    c = Complaint.rows.latest("pk")
    assert (c.earlier, c.new_facts, c.respondent_office, c.reopening) == (earlier, True, earlier.respondent_office, 1)
    room.decline("09-14", c)
    page = reader("fzb").fill("/complaints/new/", **typed, earlier=c.case.number)
    assert page.status == 422 and "由政务办登记、重新批转" in page.text and page.value("text")
    page = reader("zwb").fill("/complaints/new/", **typed, earlier=c.case.number)
    assert page.status == 200 and owed(Complaint.rows.latest("pk"))[0][0] == "D15"


@pytest.mark.parametrize(("changes", "said"), [({"earlier": "诉2016-00000000"}, "没有这一件，或者您无权查看"), ({"new_facts": ""}, "请写明新的事实")])
def test_登记再次投诉_填错的_所填不丢(room, reader, changes, said):
    earlier = ended(room)
    room.on("09-14")
    page = reader("fzb").fill("/complaints/new/", **TYPED | {"new_facts": FACTS, "earlier": earlier.case.number} | changes)
    assert page.status == 422 and said in page.text and page.value("text") and Case.objects.filter(law="诉").count() == 1


def test_第四条_别的机关办理的_和没有的一样答(room, reader):
    earlier = ended(room)
    room.on("09-14")
    typed = TYPED | {"new_facts": FACTS}
    texts = [reader("bb").fill("/complaints/new/", **typed, earlier=named) for named in (earlier.case.number, "诉2016-ZZZZZZZZ")]
    assert [p.status for p in texts] == [422, 422] and all("没有这一件，或者您无权查看" in p.text for p in texts)


# ---- 页面


def test_案件页互相有链接_只给看得到的(room, reader):
    first = ended(room)
    second = reopened(room, first)
    fzb = reader("fzb")
    assert f'href="/complaints/{second.case.number}/"' in unquoted(fzb.get(f"/complaints/{first.case.number}/").html)
    page = fzb.get(f"/complaints/{second.case.number}/")
    assert f'href="/complaints/{first.case.number}/"' in unquoted(page.html) and "第 1 次" in page.text
    room.decline("09-18", second)
    third = reopened(room, second, "09-19")
    room.assign("09-20", third, "bb", reason="换一家")
    page = reader("bb").get(f"/complaints/{third.case.number}/")
    assert page.status == 200 and "第 2 次" in page.text and second.case.number not in unquoted(page.html)
    assert third.case.number not in unquoted(fzb.get(f"/complaints/{second.case.number}/").html)


def unquoted(html):
    from urllib.parse import unquote

    return unquote(html)


def test_说过的一并转来_第二次还在(room, reader):
    first = ended(room)
    second = reopened(room, first)
    room.decline("09-18", second)
    room.on("09-19")
    filing = again(room.fresh(second), "第三次的新事实", confidential=True, reference=f"{next(N):016d}")
    assert FACTS in filing.text and filing.text.startswith("窗口三号") and filing.new_facts == "第三次的新事实"
    assert FACTS in opened(reader("fzb"), room.fresh(second)).text

