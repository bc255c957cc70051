"""f6 (T6): from what is published of complaints nobody works out a number below five; an attacker who could find none would be noticed."""

import random
from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qingdan.measures.complaints.suppressing import LEAST, suppress, total_shown

from .attacking import Publisher, another, attack, fits, possible, published, spread, worked_out

OURS = Publisher(suppress, total_shown)
CLASSES = (4, 12, 6, 6)  # bodies, grounds, channels, results


# ---- the rule --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((12, 9, 5, 30), (12, 9, 5, 30)),  # nothing is small
        ((40, 12, 0, 3, 2, 9), (40, 12, None, None, None, 9)),  # five in three classes, not all equal
        ((20, 3, 8, 9), (20, None, None, 9)),  # one small class alone would follow from the total: the next one goes with it
        ((20, 0, 0, 9), (20, None, None, None)),  # two that are nothing: so would they
        ((20, 4, 4, 9), (20, None, None, None)),  # two that are equal: whoever knows that they are would know both
        ((20, 1, 0, 6, 6, 9), (20, None, None, None, None, 9)),  # one complaint in two classes is too few, and equal ones go together
        ((20, 3, 8), (20, None, None)), ((20, 3), None), ((7, 0, 0), None), ((3, 3, 3), None), ((4, 0, 0), None), ((0, 0), None), ((0, 6, 6), None),
        ((17,), (17,)), ((3,), None),
    ],
)  # fmt: skip
def test_不到五件的不单列_也不能从总数倒推(counts, shown):
    assert suppress(counts) == shown


def test_不足五件的季度_总数也不公布():
    assert [total_shown(n) for n in (0, 4, 5)] == [None, None, 5] and LEAST == 5


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_公布出来的_没有一个不到五件(counts):
    shown = suppress(counts)
    left = [n for n, one in zip(counts, shown or [None] * len(counts), strict=True) if one is None]
    assert all(one is None or one == n >= LEAST for n, one in zip(counts, shown or [None] * len(counts), strict=True))
    assert not left or shown is None or sum(left) >= LEAST


# ---- f6: the attacker ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", [1, 2, 3, 4, 5])
def test_f6_每一张这么大的表_没有一个不到五件的推得出来(cells, record_property):
    """Not drawn: every table there is, of so many classes and so many complaints."""
    top = {1: 40, 2: 40, 3: 30, 4: 24, 5: 17}[cells]
    gone_through = 0
    for total in range(LEAST, top):
        fibres = {}
        for table in spread(total, cells):
            gone_through += 1
            found = fibres.setdefault(suppress(table), [set() for _ in table])
            for values, n in zip(found, table, strict=True):
                values.add(n)
        known = [(total, shown, found) for shown, found in fibres.items() if any(len(v) == 1 and min(v) < LEAST for v in found)]
        assert known == []
    record_property("tables", gone_through)


@st.composite
def districts(draw, classes=CLASSES, quarters=3):
    """Complaints of several quarters by body, ground, channel and result, some alike and many; → for each quarter its tables."""
    one = st.tuples(*(st.integers(0, n - 1) for n in classes))
    found = []
    for _ in range(draw(st.integers(1, quarters))):
        complaints = [kind for kind, n in draw(st.lists(st.tuples(one, st.integers(1, 9)), max_size=6)) for _ in range(n)]
        counted = [Counter(kind[t] for kind in complaints) for t in range(len(classes))]
        found.append([tuple(counted[t][c] for c in range(n)) for t, n in enumerate(classes)])
    return found


def seen_of(by, district):
    return [published(by, tables, [q]) for q, tables in enumerate(district)]


ATTACK = settings(max_examples=150, deadline=None, derandomize=True, database=None, phases=[Phase.generate])


def test_f6_几个季度的全部表一起看_没有一个不到五件的推得出来(record_property):
    counted = Counter()

    @ATTACK
    @given(districts((3, 4, 3, 2)))
    def attacked(district):
        seen = [one for one in seen_of(OURS, district) if fits(one)]
        counted["districts"] += 1
        counted["publications"] += len(seen)
        counted["hidden"] += sum(n is None for one in seen for shown, cells in one.tables for n in shown or [None] * cells)
        assert worked_out(OURS, seen) == []
        for one, tables in ((o, district[min(o.quarters)]) for o in seen):  # the attacker is alive: the truth is among what it finds possible
            assert all(n in attack(OURS, one)[t, c] for t, table in enumerate(tables) for c, n in enumerate(table))

    attacked()
    assert counted["publications"] > 100 and counted["hidden"] > 500
    for name, n in counted.items():
        record_property(name, n)


def test_f6_真实大小的表_每一个不到五件的都还可能是别的数(record_property):
    """Tables as large as the product's cannot be gone through; for each small number another table is shown that gives the same."""
    counted = Counter()

    @ATTACK
    @given(districts())
    def attacked(district):
        for tables in district:
            total = sum(tables[0])
            for table in tables if total >= LEAST else ():
                for i, n in enumerate(table):
                    if n < LEAST:
                        counted["small"] += 1
                        other = another(suppress, table, i)
                        assert other is not None and other[i] != n and suppress(other) == suppress(table) and sum(other) == total

    attacked()
    assert counted["small"] > 1000
    record_property("small", counted["small"])


def test_f6_不足五件的季度_每一类都可能是零到四(record_property):
    (found,) = [attack(OURS, published(OURS, [(0, 3, 0), (3, 0)], [0]))]
    assert set(map(frozenset, found.values())) == {frozenset(range(5))}


# ---- f6: broken on purpose -------------------------------------------------------------------------------


def primary(counts):
    """Only what is small is left out."""
    return tuple(n if n >= LEAST else None for n in counts)


def always_two(counts):
    """Never one alone, and no more thought than that."""
    small = sorted(counts)[: max(2, sum(n < LEAST for n in counts))]
    return primary(counts) if min(counts) >= LEAST else tuple(n if n > small[-1] else None for n in counts)


def by_place(counts):
    """The second one is the first of the others, whatever its size, if the small ones are not safe by themselves."""
    found = list(primary(counts))
    if found.count(None) == 1:
        found[next(i for i, n in enumerate(found) if n is not None)] = None
    return tuple(found)


BROKEN = {
    "primary": Publisher(primary, total_shown), "primary without totals": Publisher(primary, lambda total: None),
    "always two": Publisher(always_two, total_shown), "by place": Publisher(by_place, total_shown),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_f6_故意做坏的规则_攻击找得到(broken, record_property):
    by, drawn = BROKEN[broken], random.Random(6)
    caught = 0
    for _ in range(60):
        kinds = [kind for _ in range(drawn.randrange(1, 5)) for kind in [(drawn.randrange(3), drawn.randrange(2))] * drawn.randrange(1, 12)]
        counted = [Counter(kind[t] for kind in kinds) for t in range(2)]
        seen = published(by, [tuple(counted[0][c] for c in range(3)), tuple(counted[1][c] for c in range(2))], [0])
        caught += bool(worked_out(by, [seen]))
    assert caught
    record_property("caught", caught)


def test_f6_累计公布的_两个季度一减就知道():
    first, second = (9, 6), (1, 8)
    both = tuple(a + b for a, b in zip(first, second, strict=True))
    seen = [published(OURS, [first], [0]), published(OURS, [both], [0, 1])]
    assert worked_out(OURS, seen) == ["[1] table 0 class 0: 1, by difference"]
    assert worked_out(OURS, [published(OURS, [first], [0]), published(OURS, [second], [1])]) == []


def test_f6_攻击本身数得对():
    assert len(list(spread(4, 3))) == 15 and all(sum(t) == 4 for t in spread(4, 3)) and list(spread(2, 1)) == [(2,)]
    assert possible(primary, (7, None), 2, 9) == (frozenset({7}), frozenset({2})) and possible(primary, (7, None), 2, 6) is None
