"""诉11 移交 (T7): every telephone, ID, plate, e-mail, code, address, name and date of a draft is marked, and whatever it copies from the complaint."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan.measures.complaints.redacting import LABELS, SHARED, marks, pieces

PLANTED = {
    "phone": ["13812340001", "138-1234-0001", "+86 138 1234 0001", "１３８１２３４０００１", "138\u200b12340001", "0371-65551234", "(0371)65551234", "65551234", "一三八一二三四零零零一"],
    "id": ["410105199001011234", "41010519900101123X", "４１０１０５１９９００１０１１２３４", "410105900101123", "尾号1234", "后四位是123x", "4101**********1234"],
    "plate": ["豫A12345", "豫A·X7Q91警", "豫AD12345", "京N 8Z88M", "豫a12345"],
    "email": ["lanxi77@mail.example", "a.b-c@qq.com", "lx77@例子.公司", "微信号qm_lanxi_77"],
    "code": ["410105XK2016", "BJ-2016-0420-7", "办件编号甲子0420", "受理号：7781", "QueryCodeZX81"],
    "address": ["花园路88号院3号楼2单元", "农业路丙字5号楼", "阳光小区", "马头岗村三组", "东风路12号", "3号楼502室", "纬五路"],
    "time": ["2016年6月13日", "2016-06-13 09:30", "6月13日上午9点30分", "二〇一六年六月十三日", "夜里十一点零七分", "星期三", "下午", "6月13号"],
}
NAMED = ["投诉人：{}", "申请人{}", "姓名 {}", "我叫{}", "{}先生", "{}女士", "{}同志"]
PEOPLE = ["张三", "张三丰", "欧阳若兰", "司马听雨", "王某", "靳若"]
PLAIN = st.text(st.sampled_from("的是在不有人这上个他们到说就去得着和那要下看发而起学可没好现只样想些当么此心前把又从。，；\n"), max_size=40)
CASES = [(kind, text) for kind, texts in PLANTED.items() for text in texts]


def covered(draft, found, kind=None):
    return {i for m in found if kind in (None, m.kind) for i in range(m.start, m.end)}


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_第十一条_each_kind_is_marked_as_what_it_is(kind, text):
    draft = f"反映的是。{text}。"
    found = marks(draft, [])
    assert set(range(5, 5 + len(text))) <= covered(draft, found) and covered(draft, found, kind), found


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(PLAIN, PLAIN, st.lists(st.sampled_from([text for _, text in CASES]), min_size=1, max_size=3))
def test_第十一条_whatever_is_planted_wherever_is_marked_whole(before, after, planted):
    draft, places = before, []
    for text in planted:
        draft += "。"
        places.append((len(draft), len(draft) + len(text)))
        draft += text + "。" + after
    found = covered(draft, marks(draft, []))
    assert all(set(range(a, b)) <= found for a, b in places)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(PLAIN, PLAIN, st.sampled_from(NAMED), st.sampled_from(PEOPLE))
def test_第十一条_a_name_beside_what_says_that_it_is_one_is_marked(before, after, said, name):
    draft = f"{before}，{said.format(name)}，{after}"
    start = draft.index(name, len(before))
    assert set(range(start, start + len(name))) <= covered(draft, marks(draft, []), "name")


def test_第十一条_a_name_that_the_complaint_introduces_is_marked_wherever_it_stands_in_the_draft():
    draft = "窗口对靳若的材料不收。"
    assert not covered(draft, marks(draft, []), "name")
    assert covered(draft, marks(draft, ["我叫靳若，去过窗口"]), "name") == {3, 4}


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=30), st.text(st.characters(exclude_categories=["Cf", "Cs"]), min_size=SHARED, max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_第十一条_every_run_of_eight_characters_of_the_complaint_is_marked(before, run, after, elsewhere):
    draft = before + run + after
    assert set(range(len(before), len(before) + len(run))) <= covered(draft, marks(draft, [elsewhere, elsewhere + run + before]), "shared")


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.text("甲乙丙", max_size=40), st.text("甲乙丙", max_size=40))
def test_第十一条_what_is_marked_as_copied_is_copied_and_nothing_copied_is_left(draft, original):
    runs = {i + k for i in range(len(draft) - SHARED + 1) if draft[i : i + SHARED] in original for k in range(SHARED)}
    assert covered(draft, marks(draft, [original]), "shared") == runs


def test_第十一条_spaces_and_signs_between_do_not_hide_a_copy_and_seven_characters_are_none():
    original = "窗口三号女工作人员收了我二百元整"
    assert covered("x", marks("窗口三号女 工作人，员收了", [original]), "shared") == set(range(13))
    assert not covered("x", marks("女工作人员收了她", [original]), "shared")


def test_第十一条_a_draft_that_names_nothing_has_no_marks():
    assert marks("反映窗口不按规定一次性告知，请依法核实并说明理由。", ["别的话"]) == marks("", []) == []


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from([*(t for _, t in CASES), "投诉人张三丰", "反映", "。", "\n", "👍🏽", "㈠", "\u202e"]), max_size=12).map("".join))
def test_第十一条_the_pieces_are_the_draft_and_each_says_what_covers_it(draft):
    found = marks(draft, ["反映投诉人张三丰"])
    assert found == marks(draft, ["反映投诉人张三丰"]) == sorted(found)
    cut = pieces(draft, found)
    assert "".join(text for text, _ in cut) == draft and all(0 <= m.start < m.end <= len(draft) for m in found)
    at = 0
    for text, labels in cut:
        assert labels == "、".join(dict.fromkeys(m.label for m in found if m.start <= at < m.end))
        at += len(text)
    assert not [(a, b) for a, b in pairwise(found) if a.kind == b.kind and b.start < a.end]


def test_第十一条_every_kind_has_a_label_without_a_word_of_the_text():
    assert set(PLANTED) | {"name", "shared"} == set(LABELS)


@pytest.mark.parametrize("text", ["1", "a", "a.", "1 ", "1-", "张", "一", "路", "号", "a@", "2016-", "*", "豫A", "本人 "])
def test_第十一条_a_draft_of_the_greatest_length_that_looks_like_one_thing_over_and_over_is_read_to_its_end(text):
    draft = text * (20_000 // len(text))
    found = marks(draft, [])
    assert len(found) <= len(draft) and "".join(t for t, _ in pieces(draft, found)) == draft
