"""五单 of 调 第二条 and their fields (第六条), as data."""

import pytest

from qingdan.lists.codes import LOCAL, NATIONAL, shape_of
from qingdan.lists.schema import LISTS, SIX, by_slug, check, clean, touched

from .samples import complete

REQUIRED = [(kind.key, f.key) for kind in LISTS.values() for f in kind.required]


def test_第二条_there_are_five_lists_with_their_full_names():
    assert {k: v.name for k, v in LISTS.items()} == {
        "权责": "行政权责清单",
        "审批": "行政审批事项清单",
        "负面": "产业集聚区企业投资项目负面清单",
        "收费": "行政事业性收费清单",
        "基金": "政府性基金清单",
    }
    assert [by_slug(k.slug) for k in LISTS.values()] == list(LISTS.values())


def test_第六条_names_fifteen_fields_in_three_items():
    assert [f.label for f in SIX.values()] == [
        "名称", "分类", "编码", "法律依据", "运行流程", "裁量标准", "承诺时限", "延长办结条件", "责任事项",
        "清单运行工作机构", "承办部门（或委托部门）", "负责人", "岗位设置", "经办人执法资格", "联系电话",
    ]  # fmt: skip
    assert [f.article for f in SIX.values()] == ["第六条（一）"] * 8 + ["第六条（二）"] + ["第六条（三）"] * 6


@pytest.mark.parametrize("kind", LISTS)
def test_第六条_every_field_is_mapped_in_every_list_or_its_absence_has_a_reason(kind):
    mapped = [f.six for f in LISTS[kind].fields if f.six]
    absent = LISTS[kind].absent
    assert sorted([*mapped, *absent]) == sorted(SIX)
    assert all(absent.values())
    assert all(f.required for f in LISTS[kind].fields if f.six)


@pytest.mark.parametrize("kind", ["权责", "审批"])
def test_第六条_the_two_lists_of_powers_have_all_fifteen_under_their_own_names(kind):
    assert [f.key for f in LISTS[kind].fields[:15]] == list(SIX)


@pytest.mark.parametrize("kind", ["收费", "基金"])
def test_投诉第五条九_fees_and_funds_say_kind_period_amount_payers_and_scope(kind):
    five = {f.key for f in LISTS[kind].fields if f.article == "投诉处理办法第五条（九）"}
    assert five == {"category", "period", "amount", "payers", "scope"}
    assert all(LISTS[kind].by_key[key].required for key in five)


@pytest.mark.parametrize("kind", LISTS)
def test_keys_and_labels_are_unique_in_a_list(kind):
    fields = LISTS[kind].fields
    assert len({f.key for f in fields}) == len({f.label for f in fields}) == len(fields)


@pytest.mark.parametrize("kind", LISTS)
def test_a_complete_content_has_no_problem(kind):
    assert check(kind, complete(kind)) == []


@pytest.mark.parametrize(("kind", "key"), REQUIRED)
def test_a_content_without_a_required_field_names_field_and_article(kind, key):
    content = complete(kind)
    del content[key]
    (problem,) = check(kind, content)
    field = LISTS[kind].by_key[key]
    assert problem.field is field and problem.missing
    assert f"缺少“{field.label}”" in str(problem) and field.article in str(problem)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("category", "88", "不认识“88”"),
        ("promised", "尽快", "不是天数"),
        ("promised", "-1", "不是天数"),
        ("phone", "见公告", "不像电话号码"),
        ("phone", "1", "不像电话号码"),
        ("basis_effective", "2016-02-30", "不是日期"),
        ("fee", "也许", "应为“是”或“否”"),
        ("name", "甲" * 501, "超过 500 字"),
        ("name", "甲\x07乙", "控制字符"),
        ("name", "甲\u202e乙", "控制字符"),
    ],
)
def test_a_bad_value_is_named(key, value, said):
    (problem,) = check("审批", complete("审批") | {key: value})
    assert problem.field.key == key and said in str(problem)


@pytest.mark.parametrize(
    ("key", "said", "stored"),
    [
        ("category", "1", "01"),
        ("category", "行政许可", "01"),
        ("category", "7", "07"),
        ("category", "10", "10"),
        ("promised", "5个工作日", "5"),
        ("promised", "即办", "0"),
        ("promised", "20.0", "20"),
        ("basis_effective", "2016年5月6日", "2016-05-06"),
        ("basis_effective", "2016/5/6", "2016-05-06"),
        ("name", "  名\u200b称\r\n二行 ", "名称\n二行"),
        ("phone", "0371-63526000、63526001", "0371-63526000、63526001"),
    ],
)
def test_what_people_write_in_several_ways_is_stored_in_one(key, said, stored):
    content = clean("审批", complete("审批") | {key: said})
    assert content[key] == stored
    assert check("审批", content) == []


def test_clean_keeps_known_fields_that_are_filled_and_nothing_else():
    assert clean("审批", {"name": "甲", "phone": "  ", "nonsense": "x"}) == {"name": "甲"}


def test_第九条_which_changes_touch_name_basis_or_procedure():
    old = complete("权责")
    new = old | {"name": "新名称", "basis": "新依据", "procedure": "新流程", "phone": "0371-1234567"}
    assert [f.touches for f in touched("权责", old, new).values()] == ["名称", "依据", "程序", "联系"]


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("410105-001-01-001-00", LOCAL),
        ("4101050010100100", LOCAL),
        ("511Z07001006-511602000000-000-11511301008778183N-1-00", NATIONAL),
        ("511A0138000000-511602000000-000-115113010833722043-1-00", NATIONAL),
        ("511A0014100001-511602000000-000-2222222222222-1-00", None),
        ("410104-001-01-001-00", None),
        ("", None),
    ],
)
def test_codes_have_a_known_shape_or_none(code, shape):
    assert shape_of(code) is shape
