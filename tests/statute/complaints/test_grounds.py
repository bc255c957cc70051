"""诉 第五条 to 第十条 as data: the twelve grounds, the refusals, the channels, and to whom a complaint goes (S13)."""

import pytest

from qingdan.statute.complaints_grounds import (
    BODIES,
    CHANNELS,
    CONTACTS,
    GROUNDS,
    ITEM_KINDS,
    MOST_REPRESENTATIVES,
    QUESTIONS,
    REFUSALS,
    RESPONDENTS,
    ground_numbers,
    kind_of,
    route,
)
from qingdan.statute.gists.complaints import GISTS

PARTS = {g.number: [number for number, _ in g.parts] for g in GISTS}


def test_第五条_十二类情形一类不少_每一类都有问得到它的问题():
    assert [g.article for g in GROUNDS.values()] == PARTS["第五条"] and list(GROUNDS) == list(range(1, 13))
    assert sorted({q.ground for q in QUESTIONS.values()}) == list(GROUNDS)


def test_第五条_可以多选_问题引到的情形各算一次():
    """Q6, E25."""
    assert ground_numbers(["5b", "4a", "4b", "12"]) == [4, 5, 12]


def test_第六条_六种不予受理和第十条的两种():
    assert [r.article for r in REFUSALS.values()] == [*PARTS["第六条"], "第十条", "第十条"]
    assert all(r.name and r.pointer for r in REFUSALS.values())


def test_第六条五_重复投诉的须附此前的答复_其他的不用():
    assert [key for key, r in REFUSALS.items() if r.earlier] == ["6-5"]


def test_第十条_没有初步证据的另有动作_须先发补正通知():
    assert {key: r.act for key, r in REFUSALS.items() if r.act != "decline"} == {"10-2": "decline_unproven"}


def test_第六条四_监察信访的指明正确的渠道():
    """E23, A12."""
    assert "监察" in REFUSALS["6-4"].pointer and "信访" in REFUSALS["6-4"].pointer and "法院" in REFUSALS["6-2"].pointer


def test_第七条_四种联系方式():
    assert list(CONTACTS.values()) == ["电话", "传真", "通信地址", "电子信箱"]


def test_第八条_电话传真书信电子邮件当面和网上_各有收到时间和凭据():
    assert [c.name for c in CHANNELS.values()] == ["网上", "电话", "传真", "书信", "电子邮件", "当面"]
    assert all(c.received and c.evidence for c in CHANNELS.values())


def test_第八条_代表不超过五人():
    assert MOST_REPRESENTATIVES == 5


def test_第二条_被投诉人四种():
    """O26, S11."""
    assert list(RESPONDENTS) == ["organ", "authorised", "entrusted", "staff"] and "街道" in RESPONDENTS["organ"]


def test_第九条_四家各管一类():
    assert [b.article for b in BODIES.values()] == PARTS["第九条"]


# ---- S13 --------------------------------------------------------------------------------------------------

BY_KIND = {"审批": "审批", "权力": "权力", "责任": "责任", "公共服务": "责任", "收费": "收费", "基金": "收费"}


@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.parametrize("ground", ["1", "4a", "5b", "7", "8", "9", "11", "12"])
def test_第九条_先看事项的种类_不看情形(kind, ground):
    found = route(kind, [ground])
    assert (found.scope, found.flagged) == (BY_KIND[kind], False) and found.body.article in found.why


@pytest.mark.parametrize("kind", [None, *ITEM_KINDS])
def test_第九条一_繁文缛节和不必要证明一律归政务服务中心(kind):
    assert route(kind, ["6"]).scope == "审批"


BY_GROUND = {
    "1": "权力", "2": "权力", "3": "权力", "7": "权力", "4a": "审批", "4b": "责任", "5a": "审批", "5b": "权力", "6": "审批", "8": "责任",
    "9": "收费", "10": "收费", "11": "审批", "12": "",
}  # fmt: skip


@pytest.mark.parametrize("ground", BY_GROUND)
def test_第九条_事项不明的看情形(ground):
    assert route(None, [ground]).scope == BY_GROUND[ground]


def test_第九条_每个问题都有去处():
    assert set(BY_GROUND) == set(QUESTIONS)


def test_第五条十一_暂归政务服务中心_须核对():
    assert {ground for ground in QUESTIONS if route(None, [ground]).flagged} == {"11", "12"}
    assert route("负面", ["11"]) == route(None, ["11"])


def test_第五条十二_由政务办指定():
    found = route(None, ["12"])
    assert (found.scope, found.flagged, found.body) == ("", True, None)
    assert route(None, ["12", "9"]).scope == "收费"


def test_第九条_几种情形分属几家的_由政务办指定一家主办():
    found = route(None, ["7", "9"])
    assert (found.scope, found.flagged) == ("", True) and "法制办" in found.why and "财政局" in found.why
    assert route(None, ["9", "10"]).scope == "收费" and route("权力", ["7", "9"]).scope == "权力"


def test_第九条_没有的种类和情形不猜():
    for kind, grounds in (("无", ["1"]), (None, ["13"])):
        with pytest.raises(KeyError):
            route(kind, grounds)
    with pytest.raises(ValueError):
        route(None, [])
    assert route("负面", []).scope == ""


def test_第九条_清单上的事项属于哪一种():
    assert kind_of("审批", "") == kind_of("权责", "01") == "审批"
    assert kind_of("权责", "02") == kind_of("权责", "") == "权力" and kind_of("权责", "20") == "公共服务"
    assert [kind_of(kind, "x") for kind in ("收费", "基金", "负面")] == ["收费", "基金", "负面"]
