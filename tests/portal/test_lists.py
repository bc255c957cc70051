"""Home, search and the lists: what is in force, today or on a day, in a fixed number of queries."""

import pytest

from qingdan.kernel import clock
from qingdan.lists.actions import CANCEL, CHANGE, Change
from qingdan.lists.schema import LISTS
from tests.lists.samples import complete


def code(n):
    return f"410105-001-01-{n:03d}-00"


@pytest.fixture(autouse=True)
def on_20_november(at):
    with at("2026-11-20T09:00"):
        yield


# ---- home ----------------------------------------------------------------


def test_home_shows_the_five_lists_with_what_is_in_force_today_and_when_it_was_last_published(put, get):
    put("审批", complete("审批", code(1)), complete("审批", code(2)))
    clock.set_fixed("2026-11-23T09:00")
    put("收费", complete("收费", code(3)))
    page = get("/")
    assert page.status == 200
    for kind in LISTS.values():
        assert kind.name in page.text and f"/list/{kind.slug}/" in page.links
    assert "行政审批事项清单最近公布11月20日（周五）2项" in page.tight
    assert "行政事业性收费清单最近公布11月23日（周一）1项" in page.tight
    assert "政府性基金清单尚未公布0项" in page.tight
    assert "今天有效3项" in page.tight
    assert "/rules/" in page.links and "/due/" in page.links


def test_home_counts_only_what_is_in_force_today(put, publish, get, district):
    a, _ = put("审批", complete("审批", code(1)), complete("审批", code(2)))
    publish(Change(CANCEL, "审批", district.cg.office, {"basis_effective": "2026-12-01"}, "政务办", item=a))
    assert "今天有效2项" in get("/").tight
    clock.set_fixed("2026-12-01T00:30")
    assert "今天有效1项" in get("/").tight


# ---- search ---------------------------------------------------------------


def test_search_finds_by_name_code_office_and_basis_over_all_lists(put, get, district):
    put("审批", complete("审批", code(1), "户外广告设置审批") | {"basis": "《城市市容和环境卫生管理条例》第十一条"})
    put("收费", complete("收费", code(2), "占道费"), office=district.hyl.office)
    for q, found in (("广告", 1), ("410105-001-01-002-00", 2), ("花园路", 2), ("市容和环境", 1), ("广告 城管", 1)):
        page = get("/", q=q)
        assert f"/item/{code(found)}" in page.links, q
        assert f"/item/{code(3 - found)}" not in page.links, q


def test_search_puts_items_with_the_word_in_their_name_first(put, get):
    put("审批", complete("审批", code(1), "一事") | {"basis": "关于食品的规定"}, complete("审批", code(2), "食品经营许可"))
    page = get("/", q="食品")
    assert page.text.index("食品经营许可") < page.text.index("一事")


def test_search_puts_what_one_can_apply_for_before_penalties(put, get):
    put("权责", complete("权责", code(1), "对食品经营的处罚"))
    put("审批", complete("审批", code(2), "食品经营许可"))
    page = get("/", q="食品")
    assert page.text.index("食品经营许可") < page.text.index("对食品经营的处罚")


def test_search_does_not_find_keys_of_the_stored_form_nor_what_is_not_in_force(put, publish, get, district):
    (item,) = put("审批", complete("审批", code(1), "甲事项"))
    assert "没有找到" in get("/", q="phone").text
    publish(Change(CHANGE, "审批", district.cg.office, complete("审批", code(1), "乙事项") | {"basis_effective": "2027-03-01"}, "政务办", item=item))
    assert "没有找到" in get("/", q="乙事项").text
    assert f"/item/{code(1)}" in get("/", q="甲事项").links


def test_search_for_the_code_of_a_cancelled_item_leads_to_it(put, publish, get, district):
    (item,) = put("审批", complete("审批", code(1)))
    publish(Change(CANCEL, "审批", district.cg.office, {}, "政务办", item=item))
    page = get("/", q=code(1))
    assert f"/item/{code(1)}" in page.links and "未在执行" in page.text


@pytest.mark.parametrize("q", ["\x00", "%", "_", "' OR 1=1", "“”", "甲" * 5000, "\u202e甲", "*", "a b c d e f g h i j k l"])
def test_no_search_whatever_is_typed_breaks_the_page(put, get, q):
    put("审批", complete("审批", code(1)))
    assert get("/", q=q).status == 200
    assert get("/list/shenpi/", q=q, office=q, category=q, on=q, page=q).status == 200


def test_signs_with_a_meaning_in_the_database_are_searched_as_they_are(put, get):
    put("审批", complete("审批", code(1), "甲事项"), complete("审批", code(2), "减按50%征收"))
    page = get("/", q="%")
    assert f"/item/{code(2)}" in page.links and f"/item/{code(1)}" not in page.links


# ---- one list --------------------------------------------------------------


def test_a_list_shows_name_code_office_kind_and_promised_limit(put, get):
    put("审批", complete("审批", code(1), "户外广告设置审批"))
    page = get("/list/shenpi/")
    assert f"/item/{code(1)}" in page.links
    assert f"户外广告设置审批{code(1)}城管局行政许可5个工作日" in page.tight
    assert "今天有效的事项1项" in page.tight


@pytest.mark.parametrize("kind", LISTS.values(), ids=lambda k: k.slug)
def test_each_list_has_its_own_columns(put, get, kind):
    put(kind.key, complete(kind.key, code(1), "某项"))
    page = get(f"/list/{kind.slug}/")
    assert page.headings[0][1] == kind.name and "某项" in page.text
    assert ('data-label="承诺时限"' in page.html) is (kind.key in ("权责", "审批"))
    assert kind.note in page.text  # an empty note is in every text


def test_a_list_is_narrowed_by_office_kind_and_word_and_the_form_keeps_them(put, get, district):
    put("权责", complete("权责", code(1), "甲许可"), complete("权责", code(2), "乙处罚") | {"category": "02"})
    put("权责", complete("权责", code(3), "丙许可"), office=district.hyl.office)

    def found(**query):
        page = get("/list/quanze/", **query)
        return [n for n in (1, 2, 3) if f"/item/{code(n)}" in page.links]

    assert found() == [1, 2, 3]
    assert found(office="hyl") == [3]
    assert found(category="02") == [2]
    assert found(q="许可", office="cg") == [1]
    assert found(category="99") == []
    page = get("/list/quanze/", office="hyl", category="01", q="许可")
    assert '<option value="hyl" selected>' in page.html and '<option value="01" selected>' in page.html and 'value="许可"' in page.html
    assert "没有符合条件的事项" in get("/list/quanze/", category="99").text


def test_the_kinds_of_a_list_where_they_are_free_text_are_those_that_occur(put, get):
    put("基金", complete("基金", code(1)) | {"category": "教育类"}, complete("基金", code(2)) | {"category": "水利“专项”"})
    page = get("/list/jijin/", category="水利“专项”")
    assert f"/item/{code(2)}" in page.links and f"/item/{code(1)}" not in page.links
    assert "教育类" in page.text


def test_a_list_as_of_a_day_says_so_and_shows_what_held_then(put, publish, get, district):
    (item,) = put("审批", complete("审批", code(1), "旧名"))
    clock.set_fixed("2026-12-03T10:00")
    publish(Change(CHANGE, "审批", district.cg.office, complete("审批", code(1), "新名"), "政务办", item=item))
    today, then = get("/list/shenpi/"), get("/list/shenpi/", on="2026-11-20")
    assert "新名" in today.text and "旧名" not in today.text and "的清单看今天" not in today.tight
    assert "旧名" in then.text and "新名" not in then.text
    assert "这是2026年11月20日的清单。看今天的清单" in then.tight and "/list/shenpi/" in then.links
    assert f"/item/{code(1)}@2026-11-20" in then.links
    assert "这一天还没有公布的事项" in get("/list/shenpi/", on="2026-11-19").text
    assert "这是" not in get("/list/shenpi/", on="2026-12-03").text


def test_a_list_as_of_a_day_to_come_says_what_is_known(put, publish, get, district):
    (item,) = put("审批", complete("审批", code(1), "旧名"))
    publish(Change(CHANGE, "审批", district.cg.office, complete("审批", code(1), "新名") | {"basis_effective": "2027-01-01"}, "政务办", item=item))
    page = get("/list/shenpi/", on="2027年1月1日")
    assert "新名" in page.text and "这是2027年1月1日的清单，按截至今天已经公布的内容；在那一天之前还可能有新的公布" in page.tight
    assert "旧名" in get("/list/shenpi/", on="2026-12-31").text


@pytest.mark.parametrize("on", ["2026-13-45", "明天", "2026-02-30", "0000-00-00", "9999999", "<b>"])
def test_a_day_that_is_none_gets_a_sentence_keeps_what_was_typed_and_shows_today(put, get, on):
    put("审批", complete("审批", code(1)))
    page = get("/list/shenpi/", on=on)
    assert page.status == 200 and f"“{on}”不是一个日期，下面是今天的清单" in page.text
    assert f"/item/{code(1)}" in page.links and "<b>”" not in page.html


def test_an_item_that_lacks_fields_of_第六条_is_marked_待补全(put, get):
    put("审批", {"name": "甲", "code": code(1)})
    assert "甲待补全" in get("/list/shenpi/").tight


def test_a_long_list_has_pages_of_fifty_that_keep_the_filter(put, get):
    put("审批", *[complete("审批", code(n), f"第{n}事") for n in range(1, 62)])
    first, second = get("/list/shenpi/", office="cg"), get("/list/shenpi/", office="cg", page="2")
    assert sum(link.startswith("/item/") for link in first.links) == 50
    assert sum(link.startswith("/item/") for link in second.links) == 11
    assert "?office=cg&page=2" in first.links and "共 61 项，第 1 / 2 页" in first.text
    assert get("/list/shenpi/", page="99").status == 200


def test_an_unknown_list_is_answered_in_chinese(db, get):
    page = get("/list/nothing/")
    assert page.status == 404 and "没有这张清单" in page.text and LISTS["基金"].name in page.text


# ---- cost ------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/", 2), ("/?q=事项", 3), ("/list/shenpi/", 5), ("/list/shenpi/?on=2026-11-21&office=cg&category=01&q=事项", 5), ("/list/jijin/", 6)],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(put, client, django_assert_num_queries, path, queries, rows):
    for kind in ("审批", "基金"):
        put(kind, *[complete(kind, f"{kind}-{n}", f"事项{n}") for n in range(rows)])
    with django_assert_num_queries(queries):
        assert "事项" in client.get(path).content.decode()
