"""An item at its permanent addresses (P-A4): now, on a day, in a version; citizens first; what changed; 已取消."""

from datetime import date

import pytest

from qingdan.kernel import clock
from qingdan.lists import queries
from qingdan.lists.actions import CANCEL, CHANGE, NEW, Change
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import LISTS
from qingdan.portal import showing
from tests.lists.samples import complete

CODE = "410105-001-01-001-00"


@pytest.fixture(autouse=True)
def on_7_june_2016(at):
    with at("2016-06-07T09:00"):
        yield


@pytest.fixture
def item(put):
    """Version 1 of 2016-06-07."""
    content = complete("审批", CODE, "户外广告设置审批") | {
        "basis": "《城市市容和环境卫生管理条例》第十一条\n《广告法》第四十一条",
        "materials": "申请表\n营业执照\n效果图",
        "statutory": "20",
        "fee": "否",
        "place": "东风路2号三楼",
        "phone": "0371-63526000、0371-63526001转8",
    }
    return put("审批", content)[0]


@pytest.fixture
def change(publish, district, item):
    """change("2016-09-01", name="…") → the next version, published that day."""

    def change(day, action=CHANGE, successor="", **content):
        clock.set_fixed(f"{day}T10:00")
        whole = queries.current(item).content_dict | content if action == CHANGE else content
        return publish(Change(action, "审批", district.cg.office, whole, "政务办核准", item=item, successor=successor))

    return change


# ---- what a citizen asks ---------------------------------------------------


def test_the_page_answers_first_who_how_long_what_to_bring_fee_phone_and_basis(item, get):
    page = get(f"/item/{CODE}")
    said = page.tight
    first = said[said.index("要点") : said.index("是什么名称")]
    assert "谁来办金水区城市管理局承办部门（或委托部门）一" in first
    assert "办多久承诺5个工作日（法定20个工作日）" in first
    assert "带什么申请表等3项看全部" in first
    assert "收不收费不收费" in first
    assert "到哪里办东风路2号三楼" in first
    assert "问谁0371-63526000、0371-63526001转8" in first
    assert "凭什么《城市市容和环境卫生管理条例》第十一条等2项看全部" in first
    assert "tel:037163526000" in page.links and "tel:037163526001" in page.links
    assert page.title.startswith("户外广告设置审批 ·") and page.headings[0] == [1, "户外广告设置审批"]
    assert [h for _, h in page.headings][1:6] == ["要点", "是什么", "依据", "怎么办", "谁负责"]


def test_where_the_list_does_not_say_what_to_bring_the_page_says_so(put, get):
    put("审批", complete("审批", CODE))
    assert "带什么清单没有写明" in get(f"/item/{CODE}").tight


def value_of(f):
    """A good value that is unlike that of any other field, as far as its kind allows."""
    by_kind = {"yesno": "是", "date": "2016-05-06", "days": "7", "phone": "0371-63526000", "choice": f.choices[0][0] if f.choices else ""}
    return by_kind.get(f.kind, f"{f.key}值")


@pytest.mark.parametrize("kind", LISTS.values(), ids=lambda k: k.slug)
def test_every_field_of_every_list_is_shown_with_its_label(put, get, kind):
    content = {f.key: value_of(f) for f in kind.fields} | {"code": CODE}
    put(kind.key, content)
    page = get(f"/item/{CODE}")
    for f in kind.fields:
        assert f"{f.label}{f.label_of(content[f.key])}".replace(" ", "") in page.tight, f.key
    for why in kind.absent.values():
        assert why in page.text


def test_the_groups_name_only_fields_that_exist():
    fields = {f.key for kind in LISTS.values() for f in kind.fields}
    assert set(showing.GROUP_OF) <= fields
    asked = {key for questions in showing.QUESTIONS.values() for _, key in questions}
    assert asked <= fields and set(showing.QUESTIONS) == set(LISTS)


def test_第六条_what_is_lacking_is_marked_待补全_with_the_article_that_asks_for_it(put, get):
    put("审批", {"name": "甲", "code": CODE})
    page = get(f"/item/{CODE}")
    assert "承诺时限待补全第六条（一）要求写明" in page.tight
    assert "联系电话待补全第六条（三）要求写明" in page.tight
    assert "办理材料待补全" not in page.tight  # 第六条 does not ask for it


# ---- versions ---------------------------------------------------------------


def test_every_version_has_an_address_that_answers_for_ever(item, change, get):
    change("2016-09-01", name="户外广告设置许可")
    change("2026-11-20", promised="3")
    for path, name, number in (
        (f"/item/{CODE}", "户外广告设置许可", 3),
        (f"/item/{CODE}/v/1", "户外广告设置审批", 1),
        (f"/item/{CODE}/v/2", "户外广告设置许可", 2),
        (f"/item/{CODE}/v/3", "户外广告设置许可", 3),
        (f"/item/{CODE}@2016-06-07", "户外广告设置审批", 1),
        (f"/item/{CODE}@2016-08-31", "户外广告设置审批", 1),
        (f"/item/{CODE}@2016-09-01", "户外广告设置许可", 2),
        (f"/item/{CODE}@2026-11-20", "户外广告设置许可", 3),
        (f"/item/{CODE}@2099-01-01", "户外广告设置许可", 3),
    ):
        page = get(path)
        assert page.status == 200 and page.headings[0][1] == name, path
        assert f"/item/{CODE}/v/{number}" in page.text, path
        assert get(path + "/").headings[0][1] == name


@pytest.mark.parametrize("day", ["2016-06-07", "2016-08-31", "2016-09-01", "2016-12-31", "2017-01-01", "2026-11-20"])
def test_the_page_of_a_day_shows_the_version_that_the_lists_say_stood_on_it(item, change, get, day):
    change("2016-09-01", name="乙", basis_effective="2017-01-01")
    change("2016-10-08", name="丙", basis_effective="2016-11-01")
    clock.set_fixed("2026-11-20T09:00")
    version = queries.version_on(item, date.fromisoformat(day))
    assert get(f"/item/{CODE}@{day}").headings[0][1] == version.name
    held = [s.version for s in showing.standings(list(queries.history(item))) if s.version.effective_from <= date.fromisoformat(day)]
    assert held[0].number == version.number


def test_the_version_of_the_day_before_and_the_present_one_are_one_click_away(item, change, get):
    change("2016-09-01", name="乙")
    change("2016-10-10", name="丙")
    now, old = get(f"/item/{CODE}"), get(f"/item/{CODE}/v/2")
    assert f"/item/{CODE}@2016-10-09" in now.links and "看前一天10月9日（周日）的版本" in now.tight
    assert f"/item/{CODE}@2016-08-31" in old.links and f"/item/{CODE}" in old.links
    assert "这是第2版，适用于9月1日（周四）至10月9日（周日）。看现行的第3版" in old.tight
    assert "2016年9月5日适用的是第2版" in get(f"/item/{CODE}@2016-09-05").tight
    assert "按截至今天已经公布的内容，2030年1月1日适用的是现行第3版" in get(f"/item/{CODE}@2030-01-01").tight
    assert "看前一天" not in get(f"/item/{CODE}/v/1").text


def test_the_versions_say_from_when_to_when_by_which_case_and_by_which_act(item, change, get):
    second = change("2016-09-01", name="乙")
    page = get(f"/item/{CODE}")
    assert f"第2版现行2016-09-01至今2016-09-01配网公布{second.case.number}政务办核准" in page.tight
    assert f"第1版2016-06-07至2016-08-312016-06-07首次入库公布{item.case.number}政务办" in page.tight


def test_what_changed_is_marked_in_its_field_and_listed_old_beside_new(item, change, get):
    change("2016-09-01", promised="3", fee="", consult="大厅")
    page = get(f"/item/{CODE}")
    assert "承诺时限3个工作日本版改动" in page.tight and page.text.count("本版改动") == 2
    assert "改动了3处" in page.tight
    assert "<del>5</del> 个工作日" in page.html and "<ins>3</ins> 个工作日" in page.html
    assert "是否收费否删去" in page.tight and "咨询方式没有这一项大厅" in page.tight
    assert "相比" not in get(f"/item/{CODE}/v/1").text


def test_a_move_to_another_office_is_told_as_a_change(item, publish, get, district):
    content = queries.current(item).content_dict
    publish(Change(CHANGE, "审批", district.hyl.office, content, "政务办核准", item=item))
    assert "单位金水区城市管理局花园路街道办事处" in get(f"/item/{CODE}").tight


def test_第十条一_a_version_that_holds_from_a_later_day_is_told_and_not_yet_shown_as_the_item(item, change, get):
    change("2016-09-01", name="乙", basis_effective="2017-01-01")
    now, new = get(f"/item/{CODE}"), get(f"/item/{CODE}/v/2")
    assert now.headings[0][1] == "户外广告设置审批"
    assert "自2017年1月1日（周日）起有新的版本生效：看已经公布的第2版" in now.tight
    assert "自2017年1月1日（周日）起生效：这是已经公布的第2版。看今天适用的第1版" in new.tight
    clock.set_fixed("2017-01-01T00:01")
    assert get(f"/item/{CODE}").headings[0][1] == "乙"


def test_a_new_item_before_its_first_day_says_from_when_it_holds(publish, get, district):
    content = complete("审批", CODE, "甲") | {"basis_effective": "2016-07-01"}
    publish(Change(NEW, "审批", district.cg.office, content, "政务办核准"))
    page = get(f"/item/{CODE}")
    assert page.status == 200 and "自7月1日（周五）起生效" in page.tight and "今天这个事项尚未生效" in page.text
    before = get(f"/item/{CODE}@2016-06-30")
    assert before.status == 404 and "2016-06-30 还没有这个事项" in before.text


def test_a_version_that_was_replaced_before_its_first_day_never_held(item, change, get):
    change("2016-09-01", name="乙", basis_effective="2017-01-01")
    change("2016-10-08", name="丙", basis_effective="2016-11-01")
    page = get(f"/item/{CODE}/v/2")
    assert "未曾适用" in page.text
    clock.set_fixed("2017-02-01T09:00")
    assert get(f"/item/{CODE}").headings[0][1] == "丙" and "这是第2版，未曾适用。看现行的第3版" in get(f"/item/{CODE}/v/2").tight
    assert f"/item/{CODE}@2016-10-31" in get(f"/item/{CODE}").links
    assert get(f"/item/{CODE}@2016-10-31").headings[0][1] == "户外广告设置审批"


# ---- 已取消 ------------------------------------------------------------------


def test_a_cancelled_item_says_since_when_by_what_and_who_takes_over(item, change, put, get):
    put("审批", complete("审批", "410105-001-01-002-00", "新的审批"))
    gone = change("2016-12-30", CANCEL, successor="410105-001-01-002-00", basis_effective="2017-01-01")
    assert "自2017年1月1日（周日）起取消" in get(f"/item/{CODE}").tight and "要点" in get(f"/item/{CODE}").text
    clock.set_fixed("2017-03-01T09:00")
    page = get(f"/item/{CODE}")
    assert page.status == 200
    assert f"已取消：自1月1日（周日）起不再执行；依据案件{gone.case.number}（配网公布），核准：政务办核准。承接事项：新的审批" in page.tight
    assert "/item/410105-001-01-002-00" in page.links and "要点" not in page.text
    assert "状态有效已取消" in page.tight
    old = get(f"/item/{CODE}/v/1")
    assert "这个事项现已取消" in old.text and "看取消的说明" in old.text
    assert get(f"/item/{CODE}@2016-12-31").text.count("适用的是 第 1 版") == 0
    assert "2016年12月31日适用的是第1版" in get(f"/item/{CODE}@2016-12-31").tight


# ---- what is not there -------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/item/410105-999", "没有编码为“410105-999”的事项"),
        ("/item/410105-999@2016-09-01", "没有编码为“410105-999”的事项"),
        ("/item/410105-999/v/1", "没有编码为“410105-999”的事项"),
        (f"/item/{CODE}@昨天", "“昨天”不是一个日期"),
        (f"/item/{CODE}@2016-13-01", "“2016-13-01”不是一个日期"),
        (f"/item/{CODE}@2016-06-06", "2016-06-06 还没有这个事项"),
        (f"/item/{CODE}/v/2", "没有第 2 版"),
        (f"/item/{CODE}/v/0", "没有第 0 版"),
        (f"/item/{CODE}/v/999999", "没有第 999999 版"),
        (f"/item/{CODE}/v/x", "404"),
        ("/item/%3Cscript%3E", "没有编码为“<script>”的事项"),
    ],
)
def test_what_is_not_there_is_answered_with_404_in_chinese_and_what_to_do(item, get, path, said):
    page = get(path)
    assert page.status == 404 and said in page.text and "<script>”" not in page.html
    assert (f"/item/{CODE}" in page.links) is (path.startswith(f"/item/{CODE}") and "/x" not in path)


def test_codes_of_other_shapes_have_addresses_too(put, get):
    codes = ["083372204", "51160200000012-511602000000-000-11511602008687470E-1-00", "金价〔2016〕3号", "A.b_c~1（二）"]
    put("审批", *[complete("审批", code, f"事项{n}") for n, code in enumerate(codes)])
    listed = get("/list/shenpi/")
    for n, _ in enumerate(codes):
        link = next(a for a in listed.links if a.startswith("/item/") and get(a).headings[0][1] == f"事项{n}")
        assert get(f"{link}@2016-06-07").headings[0][1] == f"事项{n}" and get(f"{link}/v/1").status == 200


def test_what_somebody_wrote_into_a_field_is_text_and_nothing_else(put, get):
    nasty = '<img src=x onerror=alert(1)>"&{{ 7|add:7 }}'
    put("审批", complete("审批", CODE, nasty) | {"basis": nasty + "\n第二行", "materials": nasty, "place": nasty})
    for path in (f"/item/{CODE}", "/list/shenpi/", "/?q=img"):
        page = get(path)
        assert page.inline == [] and "<img src=x" not in page.html and nasty in page.text


# ---- cost --------------------------------------------------------------------


def test_an_item_is_read_in_five_queries_whatever_the_number_of_versions(item, change, client, django_assert_num_queries):
    for n in range(8):
        with django_assert_num_queries(5):
            client.get(f"/item/{CODE}")
        change(f"2016-09-{n + 1:02d}", name=f"第{n}名")
    with django_assert_num_queries(4):
        client.get(f"/item/{CODE}/v/3")
    assert ItemVersion.objects.count() == 9
