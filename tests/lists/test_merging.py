"""P-B8: three sides of one content: what only one side changed is merged, what both changed differently is for people."""

import random

import pytest

from qingdan.lists.merging import BOTH, MINE, SAME, THEIRS, clashing, meet, merged

BASE = {"name": "甲", "promised": "5", "phone": "0371-1", "basis": "旧法"}


def sides(newest, mine):
    return meet("权责", BASE, BASE | newest, BASE | mine)


@pytest.mark.parametrize(
    ("newest", "mine", "sort", "result"),
    [
        ({"promised": "3"}, {}, THEIRS, "3"),
        ({}, {"promised": "2"}, MINE, "2"),
        ({"promised": "3"}, {"promised": "3"}, SAME, "3"),
        ({"promised": "3"}, {"promised": "2"}, BOTH, "2"),
        ({"promised": ""}, {}, THEIRS, ""),
        ({"promised": "3"}, {"promised": ""}, BOTH, ""),
    ],
)
def test_一个字段的三方(newest, mine, sort, result):
    (meeting,) = sides(newest, mine)
    assert (meeting.sort, meeting.merged) == (sort, result)
    assert bool(clashing([meeting])) is (sort == BOTH)


def test_三方都相同的字段不列出_顺序同清单():
    found = sides({"phone": "0371-2"}, {"name": "乙"})
    assert [m.field.key for m in found] == ["name", "phone"]
    assert merged(BASE | {"name": "乙"}, found) == BASE | {"name": "乙", "phone": "0371-2"}


def test_只有一方改动的都在结果里_双方都改的保留所填():
    """For any two changes: nothing that only one side changed is lost, and nothing that was written is lost."""
    keys, values = list(BASE), ["", "一", "二"]
    for seed in range(300):
        pick = random.Random(seed)
        newest, mine = ({k: pick.choice([BASE[k], *values]) for k in keys} for _ in range(2))
        found = meet("权责", BASE, newest, mine)
        result = merged(mine, found)
        for key in keys:
            wanted = newest[key] if mine[key] == BASE[key] else mine[key]
            assert result.get(key, "") == wanted, seed
        assert {m.field.key for m in clashing(found)} == {k for k in keys if mine[k] != BASE[k] and newest[k] not in (BASE[k], mine[k])}
