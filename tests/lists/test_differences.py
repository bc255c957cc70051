"""P-A5: what one text says otherwise than another, so that people can read it. Golden: the whole marking of each pair is written down."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.lists.differences import LARGEST, Piece, Row, fields, listed, mark, shorten

from .samples import complete


def told(old, new):
    """[-gone-] on the old side, [+new+] on the new."""
    both = mark(old, new)
    return tuple("".join(f"[{s}{p.text}{s}]" if p.changed else p.text for p in side) for side, s in ((both.old, "-"), (both.new, "+")))


GOLDEN = [
    # a word in a name
    ("户外广告设置审批", "户外广告设施许可", "户外广告设[-置审批-]", "户外广告设[+施许可+]"),
    # numbers are read whole
    ("5 个工作日", "30 个工作日", "[-5-] 个工作日", "[+30+] 个工作日"),
    ("收费标准的 20%", "收费标准的 2.5%", "收费标准的 [-20%-]", "收费标准的 [+2.5%+]"),
    ("0371-63526000", "0371-63526001", "0371-[-63526000-]", "0371-[+63526001+]"),
    # so is 第几
    ("《广告法》第十条第二款", "《广告法》第十一条第二款", "《广告法》[-第十-]条第二款", "《广告法》[+第十一+]条第二款"),
    # a step more, a step less
    ("受理、审查、决定", "受理、审查、听证、决定", "受理、审查、决定", "受理、审查、[+听证、+]决定"),
    ("甲\n乙\n丙", "甲\n丙\n丁", "甲\n[-乙\n-]丙", "甲\n丙\n[+丁+]"),
    ("甲\n乙", "甲", "甲\n[-乙-]", "甲"),
    # lines that stayed are left alone
    (
        "《城市市容和环境卫生管理条例》第十一条\n《广告法》第四十一条",
        "《城市市容和环境卫生管理条例》（2017年修订）第十一条\n《广告法》第四十一条",
        "《城市市容和环境卫生管理条例》第十一条\n《广告法》第四十一条",
        "《城市市容和环境卫生管理条例》[+（2017年修订）+]第十一条\n《广告法》第四十一条",
    ),
    # no confetti: single characters that happen to stay between two changes go with them
    ("申请、受理、审查、决定", "申请、受理、审核、公示、决定", "申请、受理、审[-查-]、决定", "申请、受理、审[+核、公示+]、决定"),
    ("规划股副股长", "行政审批股股长", "[-规划股副-]股长", "[+行政审批股+]股长"),
    ("申请人提交材料，窗口当场受理", "申请人网上提交申请材料后，由窗口人员在1个工作日内决定是否受理", None, None),
    # what has next to nothing in common is replaced whole
    ("按贡献大小评定", "由评审委员会投票", "[-按贡献大小评定-]", "[+由评审委员会投票+]"),
    # nothing on one side, or nothing new
    ("", "大厅", "", "[+大厅+]"),
    ("大厅", "", "[-大厅-]", ""),
    ("是", "否", "[-是-]", "[+否+]"),
    ("没有变化\n两行", "没有变化\n两行", "没有变化\n两行", "没有变化\n两行"),
    # markup is text
    ("<b>甲</b>", "<b>乙</b>", "<b>[-甲-]</b>", "<b>[+乙+]</b>"),
]


@pytest.mark.parametrize(("old", "new", "left", "right"), [g for g in GOLDEN if g[2] is not None])
def test_the_marking_reads_well(old, new, left, right):
    assert told(old, new) == (left, right)


def test_a_sentence_that_was_written_anew_has_few_long_marks():
    old, new = next((g[0], g[1]) for g in GOLDEN if g[2] is None)
    both = mark(old, new)
    assert sum(p.changed for p in both.new) <= 2 and sum(p.changed for p in both.old) <= 2


TEXT = st.text("的、，审批许可第一条二\n 5a", max_size=40)


@given(TEXT, TEXT)
def test_each_side_is_the_whole_text_and_what_is_not_marked_is_the_same_on_both(old, new):
    both = mark(old, new)
    # a line end that separates from a line that is gone may stand unmarked on one side only
    assert "".join(p.text for p in both.new).rstrip("\n") == new.rstrip("\n")
    assert "".join(p.text for p in both.old).rstrip("\n") == old.rstrip("\n")
    kept = ["".join(p.text for p in side if not p.changed).rstrip("\n") for side in (both.old, both.new)]
    assert kept[0] == kept[1]
    assert all(a.changed != b.changed for side in (both.old, both.new) for a, b in pairwise(side))
    assert old != new or not any(p.changed for p in both.old + both.new)


@given(TEXT)
def test_a_text_differs_from_itself_in_nothing(text):
    assert not any(p.changed for p in mark(text, text).old)


@pytest.mark.parametrize("alphabet", ["ab", "甲、", "的是、。一二三四五六七八九十甲乙丙丁\n", "a\n"])
def test_the_longest_texts_that_a_field_may_hold_are_compared_in_no_time(alphabet):
    draw = random.Random(7)
    old, new = ("".join(draw.choices(alphabet, k=20_000)) for _ in range(2))
    began = time.process_time()
    both = mark(old, new)
    assert time.process_time() - began < 3 and both.old and 20_000 * 20_000 > LARGEST


# ---- fields and lists -------------------------------------------------------------


def test_fields_are_told_in_the_order_of_the_schema_as_people_read_them():
    old = complete("审批") | {"promised": "5", "fee": "否"}
    new = complete("审批") | {"promised": "0", "category": "02", "consult": "大厅"}
    rows = fields("审批", old, new)
    assert [(r.label, r.old, r.new) for r in rows] == [
        ("分类", "行政许可", "行政处罚"), ("承诺时限", "5 个工作日", "当场办结"), ("是否收费", "否", ""), ("咨询方式", "", "大厅")
    ]  # fmt: skip
    assert rows[1].article == "第六条（一）" and fields("审批", old, old) == []


def test_a_list_is_told_by_what_was_added_cancelled_and_changed():
    found = listed({"a": 1, "b": 1, "c": 1}, {"b": 1, "c": 2, "d": 1, "0": 1})
    assert (found.added, found.gone, found.changed) == (("0", "d"), ("a",), ("c",))
    assert not listed({"a": 1}, {"a": 1}) and found


def test_in_a_table_long_stretches_that_did_not_change_are_left_out_and_said_to_be():
    same = "一二三四五六七八九十" * 10
    row = Row("程序", same + "当场受理" + same, same + "网上受理" + same)
    assert [p.text for p in row.brief.new] == ["……" + same[-20:], "网上", "受理" + same[:18] + "……"]
    assert shorten((Piece("短", False), Piece("改", True))) == (Piece("短", False), Piece("改", True))
    assert shorten((Piece("字" * 1000, True),)) == (Piece("字" * 300 + "……", True), Piece("（共 1000 字）", False))
    many = [Piece("甲乙丙丁戊", n % 2 == 0) for n in range(200)]
    assert sum(len(p.text) for p in shorten(many)) < 320 and shorten(many)[-1].text == "（共 1000 字）"
