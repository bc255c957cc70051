"""In force on and known on (P-A3), and readable differences (P-A5): list, item, table file, 调整对照表."""

import csv
import io

import pytest

from qingdan.kernel import clock
from qingdan.kernel.files.sheets import safe
from qingdan.lists import queries
from qingdan.lists.actions import CANCEL, CHANGE, NEW, Change
from qingdan.lists.schema import LISTS
from tests.lists.samples import complete


def code(n):
    return f"410105-001-01-{n:03d}-00"


CODE = code(1)


@pytest.fixture(autouse=True)
def on_7_june_2016(at):
    with at("2016-06-07T09:00"):
        yield


@pytest.fixture
def change(publish, district):
    """change("2016-09-01", item, name="…") → the next version, published that day."""

    def change(day, item, action=CHANGE, office=None, **content):
        clock.set_fixed(f"{day}T10:00")
        last = queries.current(item)
        whole = last.content_dict | content if action == CHANGE else content
        return publish(Change(action, last.item.kind, office or district.cg.office, whole, "政务办核准", item=item))

    return change


@pytest.fixture
def lived(put, change, publish, district):
    """Four items of 06-07: one changed twice (the second time for a later day), one cancelled, one left alone, one moved; one new; today 2016-12-01."""
    first, gone, _, moved = put("审批", *[complete("审批", code(n), f"第{n}项审批") for n in range(1, 5)])
    change("2016-09-01", first, name="第1项许可", promised="3", consult="大厅")
    change("2016-10-10", gone, CANCEL)
    clock.set_fixed("2016-10-11T10:00")
    publish(Change(NEW, "审批", district.hyl.office, complete("审批", code(5), "新增的事"), "政务办核准"))
    change("2016-10-12", moved, office=district.hyl.office)
    change("2016-11-01", first, promised="2", basis_effective="2017-01-01")
    clock.set_fixed("2016-12-01T10:00")
    return first


# ---- in force on, known on -----------------------------------------------------


def test_a_list_says_both_days_in_words_and_leaves_out_what_was_published_later(lived, get):
    page = get("/list/shenpi/", on="2016-09-15", known="2016-08-31")
    assert "这是2016年9月15日的清单，只算截至2016年8月31日已经公布的内容；此后公布的不在其中。看今天的清单" in page.tight
    assert "第1项审批" in page.text and "第1项许可" not in page.text
    assert "截至2016-08-31公布、2016-09-15有效的事项4项" in page.tight
    assert f"/item/{CODE}?on=2016-09-15&known=2016-08-31" in page.links
    assert 'value="2016-09-15"' in page.html and 'value="2016-08-31"' in page.html
    assert "这是今天（2016年12月1日）的清单，只算截至2016年8月31日" in get("/list/shenpi/", known="2016-08-31").tight
    assert "截至这一天还没有公布的事项" in get("/list/shenpi/", known="2016-06-06").text


@pytest.mark.parametrize("path", ["/list/shenpi/", f"/item/{CODE}"])
def test_a_day_to_come_until_which_publications_should_count_is_said_not_to_be_known(lived, get, path):
    page = get(path, known="2017-03-01")
    assert page.status == 200 and "2017年3月1日还没有到，到那天会公布什么现在不知道" in page.tight and "第1项许可" in page.text


@pytest.mark.parametrize("known", ["2016-13-45", "明天", "<b>"])
def test_a_known_day_that_is_none_gets_a_sentence_and_stays_as_typed(lived, get, known):
    page = get("/list/shenpi/", known=known)
    assert page.status == 200 and f"“{known}”不是一个日期，下面按截至今天公布的内容" in page.text and "<b>”" not in page.html
    answer = get(f"/item/{CODE}", known=known)
    assert answer.status == 404 and f"“{known}”不是一个日期" in answer.text


def test_an_item_on_a_day_as_known_on_a_day_says_so_and_what_came_after(lived, get):
    page = get(f"/item/{CODE}", on="2017-02-01", known="2016-10-31")
    assert "按截至2016年10月31日已经公布的内容，2017年2月1日适用的是第2版" in page.tight
    assert "此后又公布了1版。看现行版本" in page.tight and f"/item/{CODE}" in page.links
    assert get(f"/item/{CODE}", on="2016-09-15", known="2016-08-31").headings[0][1] == "第1项审批"
    assert "按截至2016年10月31日已经公布的内容，2016年10月20日这个事项已取消" in get(f"/item/{code(2)}", on="2016-10-20", known="2016-10-31").tight
    early = get(f"/item/{code(5)}", on="2016-10-20", known="2016-10-01")
    assert early.status == 404 and "按截至2016-10-01已经公布的内容" in early.tight


def test_an_item_on_a_day_is_the_same_at_both_of_its_addresses(lived, get):
    for day in ("2016-06-07", "2016-09-01", "2016-12-01", "2017-01-01"):
        assert get(f"/item/{CODE}", on=day).tight == get(f"/item/{CODE}@{day}").tight


def test_a_dated_address_keeps_its_content_whatever_is_published_later(lived, change, get):
    address = next(link for link in get("/list/shenpi/", on="2017-02-01").links if "on=2017-02-01&known=2016-12-01" in link and ".csv" not in link)
    sheet_address = address.replace("/list/shenpi/", "/list/shenpi.csv")
    rows, file = get(address).html.partition("<tbody>")[2].partition("</tbody>")[0], get(sheet_address).html
    change("2016-12-02", lived, name="第三次改名")
    clock.set_fixed("2017-05-01T09:00")
    later = get(address)
    assert "第三次改名" in get("/list/shenpi/", on="2017-02-01").text and "第三次改名" not in later.text
    assert [r.partition(">")[2].partition("<")[0] for r in later.html.split("<a href")] and get(sheet_address).html == file
    for name in ("第1项许可", "第3项审批", "新增的事"):
        assert name in rows and name in later.text


# ---- the list as a table file -----------------------------------------------------


def table(response):
    assert response.status_code == 200 and response["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", LISTS.values(), ids=lambda k: k.slug)
def test_every_list_can_be_had_as_a_table_with_every_field(put, client, kind):
    put(kind.key, complete(kind.key, CODE, "某项"))
    heads, row = table(client.get(f"/list/{kind.slug}.csv"))
    assert heads[: len(kind.fields)] == [f.label for f in kind.fields]
    found = dict(zip(heads, row, strict=True))
    assert found[kind.by_key["name"].label] == "某项" and found[kind.by_key["code"].label] == CODE
    assert (found["单位"], found["版本"], found["生效日"], found["公布日"]) == ("金水区城市管理局", "1", "2016-06-07", "2016-06-07")


def test_the_table_follows_both_days_and_the_filter_and_the_page_links_to_it(lived, client, get):
    def names(**query):
        return [row[0] for row in table(client.get("/list/shenpi.csv", query))[1:]]

    assert names() == ["第1项许可", "第3项审批", "第4项审批", "新增的事"]
    assert names(on="2016-09-15", known="2016-08-31") == [f"第{n}项审批" for n in range(1, 5)]
    assert names(on="2016-06-06") == [] and names(q="许可") == ["第1项许可"] and names(office="hyl") == ["第4项审批", "新增的事"]
    assert "/list/shenpi.csv?on=2016-09-15&known=2016-08-31" in get("/list/shenpi/", on="2016-09-15", known="2016-08-31").links
    assert "/list/shenpi.csv?on=2016-12-01&known=2016-12-01&office=hyl" in get("/list/shenpi/", office="hyl").links


def test_a_spreadsheet_reads_the_table_as_chinese_and_runs_nothing_in_it(put, client):
    nasty = dict(zip(("procedure", "discretion", "duties", "posts"), ("=1+1", "+1", "-1", "@SUM(1)"), strict=True))
    put("审批", complete("审批", CODE, "＝甲") | nasty | {"materials": '甲,"乙"\n丙'})
    response = client.get("/list/shenpi.csv")
    assert response.content.startswith(b"\xef\xbb\xbf") and "shenpi-2016-06-07-2016-06-07.csv" in response["Content-Disposition"]
    heads, row = table(response)
    found = dict(zip(heads, row, strict=True))
    assert found["名称"] == "'＝甲" and found["运行流程"] == "'=1+1" and found["岗位设置"] == "'@SUM(1)"
    assert found["裁量标准"] == "'+1" and found["责任事项"] == "'-1" and found["办理材料"] == '甲,"乙"\n丙'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_begins_as_a_formula_does(start):
    assert safe(start + "1") == f"'{start}1" and safe("甲" + start) == "甲" + start and safe("") == ""


@pytest.mark.parametrize(
    ("query", "said"), [({"on": "x"}, "应当是日期"), ({"known": "x"}, "应当是日期"), ({"known": "2099-01-01"}, "2099-01-01 还没有到")]
)
def test_a_table_of_no_day_is_refused_with_a_sentence(lived, get, query, said):
    page = get("/list/shenpi.csv", **query)
    assert page.status == 404 and said in page.text
    assert get("/list/nothing.csv").status == 404


# ---- two versions of an item -------------------------------------------------------


def test_two_versions_are_compared_field_by_field_and_character_by_character(lived, get):
    page = get(f"/item/{CODE}/compare", **{"from": "1", "to": "2"})
    assert page.status == 200 and page.headings[0][1] == "第1项许可：第 1 版与第 2 版对照"
    assert "第1项<del>审批</del>" in page.html and "第1项<ins>许可</ins>" in page.html
    assert "<del>5</del> 个工作日" in page.html and "<ins>3</ins> 个工作日" in page.html
    assert "咨询方式没有这一项大厅" in page.tight and "改动了3处；划去的是原来的字，加下划线的是新的字" in page.tight
    assert "裁量标准" not in page.text


def test_versions_may_be_named_by_days_and_need_not_be_neighbours(lived, get):
    page = get(f"/item/{CODE}/compare", **{"from": "2016-06-30", "to": "2017年2月1日"})
    assert "第1版与第3版对照" in page.tight and "2016年6月30日适用的是第1版" in page.tight and "2017年2月1日适用的是第3版" in page.tight
    assert "依据施行日没有这一项2017-01-01" in page.tight and f"/item/{CODE}/compare?from=1&to=3" in page.links


def test_without_a_choice_the_last_two_versions_are_compared(lived, get):
    assert "第2版与第3版对照" in get(f"/item/{CODE}/compare").tight
    assert "第1版与第2版对照" in get(f"/item/{CODE}/compare", to="2").tight
    assert "两边是同一版" in get(f"/item/{code(3)}/compare").text


def test_a_cancellation_and_a_move_are_differences_too(lived, get):
    assert "状态有效已取消" in get(f"/item/{code(2)}/compare").tight
    page = get(f"/item/{code(4)}/compare")
    assert "金水区城市管理局" in page.text and "花园路街道办事处" in page.text and "改动了1处" in page.tight


@pytest.mark.parametrize("wrong", ["0", "9", "x", "2016-06-06", "2016-13-01", "²", "<b>", "9" * 5000])
def test_a_version_that_is_not_there_is_answered_with_what_there_is(lived, get, wrong):
    for side in ("from", "to"):
        page = get(f"/item/{CODE}/compare", **{side: wrong})
        assert page.status == 404 and f"没有“{wrong[:20]}”这一版" in page.text and "公布过第 1 版至第 3 版" in page.text
    assert get("/item/410105-999/compare").status == 404


def test_each_version_of_an_item_links_to_the_comparison_with_the_one_before(lived, get):
    page = get(f"/item/{CODE}")
    assert {f"/item/{CODE}/compare?to=3", f"/item/{CODE}/compare?to=2"} <= set(page.links)
    assert f"/item/{CODE}/compare?to=1" not in page.links and page.text.count("与上一版对照") == 2
    assert "与上一版对照" not in get(f"/item/{code(3)}").text


# ---- two days of a list --------------------------------------------------------------


def between(get, start, end, **more):
    return get("/list/shenpi/compare", **{"from": start, "to": end}, **more)


def test_a_list_between_two_days_is_told_by_增_减_改_and_every_changed_field(lived, get):
    page = between(get, "2016-06-07", "2016-12-01")
    assert page.headings[0][1] == "行政审批事项清单调整对照表"
    assert "2016年6月7日至2016年12月1日单位：全部单位增1项，减1项，改2项" in page.tight
    assert "事项编码名称字段原内容新内容" in page.tight
    assert f"{code(5)}增新增的事花园路街道整项没有这个事项新增" in page.tight
    assert f"{code(2)}减第2项审批城管局整项有效取消" in page.tight
    assert f"{CODE}改第1项许可城管局名称第1项审批第1项许可" in page.tight
    assert "承诺时限5个工作日3个工作日" in page.tight and "咨询方式没有这一项大厅" in page.tight
    assert "第1项<del>审批</del>" in page.html and "第1项<ins>许可</ins>" in page.html
    assert f"/item/{CODE}/compare?from=1&to=2" in page.links and code(3) not in page.text


def test_only_what_lies_between_the_days_is_told(lived, get):
    assert "增0项，减0项，改1项" in between(get, "2016-08-31", "2016-09-01").tight
    assert "增0项，减0项，改0项" in between(get, "2016-09-01", "2016-10-09").tight
    assert "这两天之间没有调整" in between(get, "2016-09-01", "2016-10-09").text
    assert "增4项，减0项，改0项" in between(get, "2016-06-06", "2016-06-07").tight
    future = between(get, "2016-12-01", "2017-01-01")
    assert "增0项，减0项，改1项" in future.tight and "2017-01-01还没有到，按截至今天已经公布的内容" in future.tight


def test_a_unit_sees_what_it_held_on_either_day(lived, get):
    page = between(get, "2016-06-07", "2016-12-01", office="hyl")
    assert "单位：花园路街道增1项，减0项，改1项" in page.tight and CODE not in page.text
    assert "第4项审批花园路街道单位金水区城市管理局花园路街道办事处" in page.tight
    assert "增0项，减1项，改2项" in between(get, "2016-06-07", "2016-12-01", office="cg").tight


def test_an_item_published_anew_with_the_same_words_is_no_change(put, change, get):
    (item,) = put("审批", complete("审批", CODE))
    change("2016-09-01", item)
    assert "增0项，减0项，改0项" in between(get, "2016-06-07", "2016-09-01").tight


def test_days_the_wrong_way_round_are_turned_and_days_that_are_none_get_a_sentence(lived, get):
    assert "已经对调" in between(get, "2016-12-01", "2016-06-07").text and "增1项，减1项" in between(get, "2016-12-01", "2016-06-07").tight
    page = between(get, "昨天", "<b>")
    assert (
        page.status == 200
        and "“昨天”不是一个日期，下面从 2016-11-01 开始对照" in page.text
        and "“<b>”不是一个日期，下面对照到 2016-12-01" in page.text
    )
    assert "<b>”" not in page.html and 'value="昨天"' in page.html
    assert between(get, "", "0001-01-02").status == 200 and get("/list/nothing/compare").status == 404
    assert get("/list/shenpi/compare").status == 200


def test_the_list_links_to_its_comparison(lived, get):
    assert "/list/shenpi/compare" in get("/list/shenpi/").links
    assert "/list/shenpi/compare?from=2016-09-15" in get("/list/shenpi/", on="2016-09-15").links


def test_many_changes_have_pages_of_twenty_and_one_whole_table_for_the_printer(put, get):
    put("审批", *[complete("审批", code(n), f"第{n}事") for n in range(1, 46)])
    page = between(get, "2016-06-06", "2016-06-07")
    assert "增45项" in page.tight and "共 45 项，第 1 / 3 页" in page.text and page.text.count("新增") == 20
    whole = next(link for link in page.links if "whole=1" in link)
    assert get(f"/list/shenpi/compare{whole}").text.count("新增") == 45
    assert between(get, "2016-06-06", "2016-06-07", page="99").status == 200


def test_the_table_for_the_printer_has_every_text_whole(put, change, get):
    (item,) = put("审批", complete("审批", CODE) | {"duties": ("受理责任：公示应当提交的材料。\n" * 40).strip()})
    change("2016-09-01", item, duties="监管责任：抽查。\n" * 100)
    short, whole = (between(get, "2016-06-07", "2016-09-01", **more) for more in ({}, {"whole": "1"}))
    assert short.text.count("受理责任") < 40 and "（共 639 字）" in short.text and "略去的长段以……代替" in short.text
    assert whole.text.count("受理责任") == 40 and whole.text.count("监管责任") == 100 and "……" not in whole.text


@pytest.mark.parametrize("n", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_changes(put, publish, client, district, django_assert_num_queries, n):
    items = put("审批", *[complete("审批", code(i), f"第{i}事") for i in range(1, n + 1)])
    clock.set_fixed("2016-09-01T10:00")
    for i, item in enumerate(items, 1):
        publish(Change(CHANGE, "审批", district.cg.office, complete("审批", code(i), f"第{i}件"), "政务办", item=item))
    with django_assert_num_queries(4):
        assert "第1<ins>件</ins>" in client.get("/list/shenpi/compare?from=2016-06-07&to=2016-09-01").content.decode()
    with django_assert_num_queries(2):
        client.get(f"/item/{CODE}/compare")
    with django_assert_num_queries(2):
        client.get("/list/shenpi.csv")


# ---- every page ------------------------------------------------------------------------


def test_the_pages_are_small_whole_and_hold_nothing_that_runs(put, change, get):
    nasty = '<img src=x onerror=alert(1)>"&{{ 7|add:7 }}'
    long = {"materials": "申请表及其附件一式三份\n" * 60, "duties": "受理责任：公示应当提交的材料。\n" * 40}
    items = put("审批", *[complete("审批", code(n), f"第{n}事") | long for n in range(1, 31)])
    for item in items[:25]:
        change("2016-09-01", item, name=nasty, materials=long["materials"].replace("三份", "两份"), duties=nasty)
    for path in (
        f"/item/{CODE}/compare",
        "/list/shenpi/compare?from=2016-06-07&to=2016-09-01",
        "/list/shenpi/?known=2016-06-08",
        f"/item/{CODE}?known=2016-06-08",
    ):
        page = get(path)
        assert page.status == 200 and len(page.html.encode()) < 100_000, (path, len(page.html))
        assert page.inline == [] and "<img src=x" not in page.html
        assert len(page.ids) == len(set(page.ids)) and set(page.controls) <= page.labelled and [level for level, _ in page.headings].count(1) == 1
