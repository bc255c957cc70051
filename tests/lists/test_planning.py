"""What an import would do, line by line: small files, and the real one."""

from pathlib import Path

import pytest

from qingdan.lists.importing.planning import Standing, State, changes, make
from qingdan.lists.importing.reading import read, read_path
from qingdan.lists.importing.tables import Unreadable
from qingdan.lists.schema import LISTS, clean

from .samples import HEADER, code, complete, csv_bytes, xlsx_bytes

GUANGAN = Path(__file__).resolve().parents[3] / "shared/data/items/guangan_items.csv"
OFFICES = {"甲局": ("J01", "甲局"), "金水区乙局": ("J02", "金水区乙局"), "乙局": ("J02", "金水区乙局")}


def plan(rows, *, kind="审批", items=(), header=HEADER):
    state = State({item.code: item for item in items}, OFFICES)
    return make(kind, read(csv_bytes([header, *rows]), "表.csv"), state)


def standing(n=1, *, kind="审批", office=("J01", "甲局"), **more):
    content = clean(kind, {"name": f"事项{n}", "code": code(n), "category": "01", "phone": "0371-63526000"})
    return Standing(kind, code(n), office[0], office[1], more.pop("number", 1), content, **more)


def row(n=1, *, office="甲局", name=None, phone="0371-63526000", kind="01"):
    return [office, f"事项{n}" if name is None else name, code(n), kind, phone]


def only(found):
    (one,) = found.rows
    return one


def test_the_plan_of_a_small_file_word_for_word():
    found = plan(
        [
            row(1, name="事项一（新名）"),
            row(2),
            row(3, office="丙局"),
            row(3, office="丙局", name="又一"),
            row(4, name=""),
            ["甲局", "乱码事项", "12-34", "许可", "见公告"],
        ],
        items=[standing(1), standing(2), standing(9)],
    )
    assert [(r.line, r.result_label, r.code, r.name, r.office, r.number) for r in found.rows] == [
        (2, "变更", code(1), "事项一（新名）", "甲局", 2),
        (3, "不变", code(2), "事项2", "甲局", 0),
        (4, "新增", code(3), "事项3", "丙局", 1),
        (5, "拒绝", code(3), "又一", "丙局", 0),
        (6, "拒绝", code(4), "", "甲局", 0),
        (7, "新增", "12-34", "乱码事项", "甲局", 1),
    ]
    assert changes("审批", found.rows[0]) == [("名称", "事项1", "事项一（新名）")]
    assert [r.reasons for r in found.rows] == [(), (), (), ("编码与第 4 行重复",), ("缺少名称",), ()]
    assert [r.warnings for r in found.rows[:5]] == [()] * 5
    assert found.rows[5].warnings == (
        "编码“12-34”既不是本区编码 410105-XXX-XX-XXX-XX，也不是国家业务办理项编码的样子，照原样保留，请核对",
        "“联系电话”不像电话号码：“见公告”（第六条（三））：请填写能打通的号码，例如 0371-63526000；多个号码用顿号分开",
    )
    assert found.rows[5].content["category"] == "01"
    assert found.counts == {"create": 2, "change": 1, "none": 1, "refuse": 2}
    assert found.new_offices == (("丙局", ""),)
    assert found.notes == ("清单中另有 1 项不在文件里，不受影响。",)


def test_an_item_without_the_fields_of_第六条_is_kept_and_says_what_it_lacks():
    one = only(plan([row(1)]))
    assert one.result == "create"
    assert one.lacking[:2] == ("法律依据", "运行流程") and len(one.lacking) == 11


def test_a_complete_item_lacks_nothing():
    content = complete("收费") | {"basis": "《某法》第一条"}
    one = only(plan([["甲局", *content.values()]], kind="收费", header=["部门", *content]))
    assert one.lacking and one.result == "create"  # keys are not headers
    labels = [LISTS["收费"].by_key[k].label for k in content]
    one = only(plan([["甲局", *content.values()]], kind="收费", header=["部门", *labels]))
    assert (one.lacking, one.warnings, one.content) == ((), (), clean("收费", content))


def test_basis_that_was_not_recognised_is_warned_of():
    content = complete("收费") | {"basis": "《某法》第一条\n同上"}
    labels = [LISTS["收费"].by_key[k].label for k in content]
    one = only(plan([["甲局", *content.values()]], kind="收费", header=["部门", *labels]))
    assert one.warnings == ("依据中有未能识别的文字“同上”，照原样保留；请写成《…》第…条，或者文号",)


def test_headers_are_found_under_a_title_and_by_other_names():
    header = ["序号", "实施主体", "事项 名称*", "事项编码", "设定依据", "奇怪的列"]
    data = xlsx_bytes([["金水区行政审批事项清单"], [], header, [1, "乙局", "某事项", code(1), "某法第一条", "x"]])
    found = make("审批", read(data, "x.xlsx"), State({}, OFFICES))
    one = only(found)
    assert (one.line, one.office, one.office_code, one.content["basis"]) == (4, "金水区乙局", "J02", "某法第一条")
    assert found.notes == ("没有对应字段、不导入的列：奇怪的列。",)


def test_a_file_of_charges_may_name_the_office_as_执收部门():
    one = only(plan([["甲局", "某收费", code(1)]], kind="收费", header=["执收部门", "项目名称", "项目序号"]))
    assert one.office_code == "J01" and one.content["handling_office"] == "甲局"


@pytest.mark.parametrize("absent", ["部门", "名称", "编码"])
def test_a_file_without_a_needed_column_is_refused_and_told_which(absent):
    header = [h for h in HEADER if h != absent]
    with pytest.raises(Unreadable, match=f"表头缺少“{absent}”列"):
        plan([["x"] * len(header)], header=header)


def test_a_file_without_any_header_is_refused():
    with pytest.raises(Unreadable, match="表头缺少“部门”“名称”“编码”列"):
        make("审批", read(b"1,2,3\n4,5,6\n", "x"), State())


def test_a_file_with_a_header_alone_is_refused():
    with pytest.raises(Unreadable, match="表头下面没有内容"):
        plan([])


def test_two_columns_for_one_field_are_refused():
    with pytest.raises(Unreadable, match="两列都是“名称”"):
        plan([["x"] * 4], header=["部门", "名称", "事项名称", "编码"])


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["", "名", code(1)], "缺少部门"),
        (["甲局", "", code(1)], "缺少名称"),
        (["甲局", "名", ""], "缺少编码"),
        (["甲局", "=A1", code(1)], "“名称”列：单元格是公式"),
        (["甲局", "名\x07", code(1)], "“名称”含有不可见的控制字符"),
        (["甲局", "名", "4101 05"], "编码含有空格"),
        (["甲局", "名", "41/05"], "编码含有空格"),
        (["甲局", "名" * 501, code(1)], "“名称”太长（501 字）"),
        (["甲局", "名", code(1), "01", "0371-63526000", "多"], "比表头多 1 格"),
    ],
)
def test_what_cannot_be_an_item_is_refused_with_its_reason(cells, reason):
    one = only(plan([cells]))
    assert one.result == "refuse" and reason in one.reasons[0]


def test_a_formula_in_a_column_that_is_not_imported_does_no_harm():
    assert only(plan([[*row(1), "=1+1"]], header=[*HEADER, "备注"])).result == "create"


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (standing(1, kind="收费"), "编码已用于行政事业性收费清单的“事项1”"),
        (standing(1, office=("J02", "金水区乙局")), "编码已属于金水区乙局"),
        (standing(1, cancelled=True), "编码属于已取消的事项"),
        (standing(1, open_case="调2016-3"), "事项正在调整中（调2016-3）"),
        (standing(1, founded=False), "只能再按第七条的五个环节调整"),
    ],
)
def test_what_clashes_with_what_stands_is_refused(item, reason):
    one = only(plan([row(1, name="别的名称")], items=[item]))
    assert one.result == "refuse" and reason in one.reasons[0]


def test_an_item_that_was_adjusted_since_may_stand_in_the_file_unchanged():
    assert only(plan([row(1)], items=[standing(1, founded=False)])).result == "none"


def test_a_column_that_the_file_lacks_leaves_the_field_as_it_is():
    one = only(plan([["甲局", "事项1", code(1)]], items=[standing(1)], header=HEADER[:3]))
    assert one.result == "none"


def test_the_digest_changes_with_the_file_and_with_the_list_and_with_nothing_else():
    base = plan([row(1)], items=[standing(2)])
    assert base.digest == plan([row(1)], items=[standing(2)]).digest
    assert base.digest != plan([row(1, name="别名")], items=[standing(2)]).digest
    assert base.digest != plan([row(1)], items=[standing(2, number=2)]).digest
    assert base.digest != plan([row(1)], items=[standing(2, open_case="调2016-1")]).digest
    assert base.digest != plan([row(1)]).digest


@pytest.mark.skipif(not GUANGAN.exists(), reason=f"the real file is not there: {GUANGAN}")
def test_the_real_file_goes_in_as_it_is():
    found = make("审批", read_path(str(GUANGAN)), State())
    assert found.counts == {"create": 1135, "change": 0, "none": 0, "refuse": 0}
    assert len(found.new_offices) == 34
    assert found.incomplete == 1135
    malformed = {r.line for r in found.rows if any("编码“" in w for w in r.warnings)}
    assert len(malformed) == 165 and {4, 11, 166, 368, 1136} <= malformed
    assert [r.line for r in found.rows if any("同部门同名称" in w for w in r.warnings)] == [539, 932]
    assert found.notes == ("970 行的编码是国家业务办理项编码的样子，不是本区编码，照原样保留。",)
    assert {r.content["category"] for r in found.rows} == {"01", "05", "07", "08", "09", "10", "20"}
