"""Versions: what acts write, what is in force on a day, and that nothing published is ever changed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.rows import NotRecorded
from qingdan.lists import queries
from qingdan.lists.actions import CANCEL, CHANGE, NEW, Change
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.schema import LISTS

from .samples import CODE, code, complete

REQUIRED = [(kind.key, f.key) for kind in LISTS.values() for f in kind.required]


def change(district, item, kind="审批", action=CHANGE, **content):
    return Change(action, kind, district.first, complete(kind, item.code if item else CODE) | content, "政务办核准", item=item)


# ---- what may be published ------------------------------------------------


@pytest.mark.parametrize(("kind", "key"), REQUIRED)
def test_第六条_publishing_without_a_required_field_is_refused_naming_field_and_article(district, publish, kind, key):
    content = complete(kind)
    del content[key]
    with pytest.raises(Refused) as refused:
        publish(Change(NEW, kind, district.first, content, "政务办"))
    field = LISTS[kind].by_key[key]
    assert f"缺少“{field.label}”" in refused.value.why and field.article in refused.value.why
    assert not Item.objects.exists() and not ItemVersion.objects.exists()


def test_第六条_an_item_kept_incomplete_must_be_completed_by_its_next_change(district, put, publish):
    (item,) = put("审批", {"name": "甲", "code": CODE})
    assert queries.current(item).incomplete and len(queries.current(item).lacking) == 13
    with pytest.raises(Refused, match="联系电话"):
        publish(Change(CHANGE, "审批", district.first, {"name": "乙", "code": CODE}, "政务办", item=item))
    publish(change(district, item, name="乙"))
    assert not queries.current(item).incomplete and queries.current(item).lacking == []


def test_第七条五_a_change_writes_the_next_version_and_leaves_the_old_one(district, put, publish):
    (item,) = put("审批", complete("审批", name="旧名"))
    clock.set_fixed("2016-06-20T10:00")
    new = publish(change(district, item, name="新名"))
    assert (new.number, new.name, new.act, new.approver) == (2, "新名", "publish", "政务办核准")
    assert (new.published_on, new.effective_from) == (date(2016, 6, 20), date(2016, 6, 20))
    assert [v.name for v in queries.history(item)] == ["新名", "旧名"]
    assert dict(new.rows)["名称"] == "新名" and dict(new.rows)["承诺时限"] == "5 个工作日" and new.category == "行政许可"


def test_第十条一_a_version_holds_from_the_later_of_公布_and_施行日(district, put, publish):
    (item,) = put("审批", complete("审批"))
    later = publish(change(district, item, basis_effective="2016-09-01"))
    assert later.effective_from == date(2016, 9, 1)
    earlier = publish(change(district, item, basis_effective="2010-01-01"))
    assert earlier.effective_from == date(2016, 6, 7)


def test_a_code_is_never_given_to_another_item(district, put, publish):
    (item,) = put("审批", complete("审批"))
    with pytest.raises(Refused, match="编码不得重复使用"):
        publish(change(district, None, action=NEW))
    publish(change(district, item, action=CANCEL))
    with pytest.raises(Refused, match="编码不得重复使用"):
        publish(change(district, None, kind="收费", action=NEW))


def test_a_code_cannot_be_changed_nor_hold_what_an_address_cannot(district, put, publish):
    (item,) = put("审批", complete("审批"))
    with pytest.raises(Refused, match="编码不能改"):
        publish(change(district, item, code=code(2)))
    with pytest.raises(Refused, match="永久网址"):
        publish(change(district, None, action=NEW, code="4101/05"))


def test_a_cancelled_item_says_so_and_by_what_it_is_followed(district, put, publish):
    item, heir = put("审批", complete("审批"), complete("审批", code(2)))
    clock.set_fixed("2016-06-20T10:00")
    last = publish(Change(CANCEL, "审批", district.first, {}, "政务办", item=item, successor=heir.code))
    assert (last.cancelled, last.number, last.name, last.successor) == (True, 2, "甲事项", heir.code)
    assert [v.item for v in queries.in_force("审批")] == [heir]
    assert queries.version_on(item, date(2016, 6, 19)).number == 1 and queries.version_on(item, date(2016, 6, 20)).cancelled
    with pytest.raises(Refused, match="已经取消"):
        publish(change(district, item))
    with pytest.raises(Refused, match="不在清单中"):
        publish(Change(CANCEL, "审批", district.first, {}, "政务办", item=heir, successor="nothing"))


# ---- nothing published is ever changed ---------------------------------------


@pytest.mark.parametrize("table", ["lists_item", "lists_itemversion"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_a_row(put, table, sql):
    put("审批", complete("审批"))
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))
    assert queries.in_force("审批").count() == 1 and verify().fault is None


def test_rows_are_written_only_by_acts(district, put):
    (item,) = put("审批", complete("审批"))
    for write in (item.save, item.delete, queries.current(item).save, ItemVersion.objects.all().delete):
        with pytest.raises(NotRecorded):
            write()


def test_one_number_stands_for_one_version(district, put, publish):
    (item,) = put("审批", complete("审批"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lists_itemversion (item_id, number, name, office_id, content, status, incomplete, effective_from, published_on,"
            " published_at, case_id, act, approver, successor) SELECT item_id, number, name, office_id, content, status, incomplete,"
            " effective_from, published_on, published_at, case_id, act, approver, successor FROM lists_itemversion"
        )
    assert item.versions.count() == 1


# ---- what is in force on a day, as known on a day -----------------------------


@pytest.fixture
def three_versions(district, put, publish):
    """Version 1 from 06-07; 2 published 06-20 for 09-01; 3 published 07-01, holds at once."""
    (item,) = put("审批", complete("审批", name="一"))
    clock.set_fixed("2016-06-20T10:00")
    publish(change(district, item, name="二", basis_effective="2016-09-01"))
    clock.set_fixed("2016-07-01T10:00")
    publish(change(district, item, name="三"))
    clock.set_fixed("2016-12-01T10:00")
    return item


@pytest.mark.parametrize(
    ("on", "known", "name"),
    [
        ("2016-06-06", None, None),
        ("2016-06-07", None, "一"),
        ("2016-06-30", None, "一"),
        ("2016-07-01", None, "三"),
        ("2016-09-01", None, "三"),
        ("2016-09-01", "2016-06-30", "二"),
        ("2016-08-31", "2016-06-30", "一"),
        ("2016-09-01", "2016-06-06", None),
    ],
)
def test_what_is_in_force_on_a_day_as_known_on_a_day(three_versions, on, known, name):
    on, known = date.fromisoformat(on), known and date.fromisoformat(known)
    found = queries.version_on(three_versions, on, known)
    assert (found and found.name) == name
    assert [v.name for v in queries.in_force("审批", on, known)] == ([name] if name else [])
    assert queries.counts(on, known)["审批"] == (1 if name else 0)


def test_lists_are_asked_by_office_and_by_text(district, put):
    put("审批", complete("审批", code(1), "企业投资项目备案"))
    put("审批", complete("审批", code(2), "食品经营许可"), office=district.second)
    put("收费", complete("收费", code(3), "食品检验费"))
    assert [v.item.code for v in queries.in_force("审批")] == [code(1), code(2)]
    assert [v.item.code for v in queries.in_force("审批", office=district.second)] == [code(2)]
    assert [v.item.code for v in queries.in_force("审批", office="001")] == [code(1)]
    assert [v.item.code for v in queries.in_force("审批", q="食品 许可")] == [code(2)]
    assert [v.item.code for v in queries.in_force("审批", q="001-01-001")] == [code(1)]
    assert queries.counts() == {"权责": 0, "审批": 2, "负面": 0, "收费": 1, "基金": 0}
    assert queries.offices_in("审批") == [("001", "甲局", 1), ("002", "乙局", 1)]


@pytest.mark.parametrize("n", [1, 3, 30])
def test_questions_cost_the_same_whatever_the_number_of_items(put, django_assert_num_queries, n):
    items = put("审批", *(complete("审批", code(i), f"事项{i}") for i in range(1, n + 1)))
    with django_assert_num_queries(1):
        assert sum(len(v.rows) > 0 and v.office.short == "甲局" and v.item.kind == "审批" for v in queries.in_force("审批")) == n
    with django_assert_num_queries(1):
        queries.counts()
    with django_assert_num_queries(1):
        queries.offices_in("审批")
    with django_assert_num_queries(1):
        assert queries.version_on(items[0], clock.today()).case.number
    with django_assert_num_queries(1):
        assert [v.case.number for v in queries.history(items[0])]


def test_every_version_is_in_the_ledger(district, put, publish):
    (item,) = put("审批", complete("审批"))
    publish(change(district, item, name="新名"))
    report = verify()
    assert report.fault is None and report.rows > 0
