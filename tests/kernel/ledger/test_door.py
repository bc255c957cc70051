"""One door: nothing is written but by an act; an act is one transaction; a refused act leaves nothing."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.acts import note, open_case
from qingdan.kernel.ledger.models import Case, Event, Head
from qingdan.kernel.ledger.verify import business_models, verify
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.kernel.rows import NotRecorded, recording
from qingdan.statute.roles import LEAD, OFFICE, UNIT
from tests.silence import PRODUCT

from .worlds import begin, do, everything, referred

pytestmark = pytest.mark.django_db


def ways_of_writing(d):
    office = d.cg.office
    return {
        "save": lambda: office.save(),
        "save of a new row": lambda: Office(code="x", name="x", short="x").save(),
        "create": lambda: Office.objects.create(code="x", name="x", short="x"),
        "get_or_create": lambda: Office.objects.get_or_create(code="x"),
        "update_or_create": lambda: Office.objects.update_or_create(code="cg", defaults={"name": "x"}),
        "bulk_create": lambda: Office.objects.bulk_create([Office(code="x", name="x", short="x")]),
        "bulk_update": lambda: Office.objects.bulk_update([office], ["name"]),
        "update": lambda: Office.objects.update(name="x"),
        "filtered update": lambda: Office.objects.filter(code="cg").update(name="x"),
        "delete of a row": lambda: office.delete(),
        "delete of a set": lambda: Post.objects.all().delete(),
        "create through a related set": lambda: office.roles.create(measure="调", role=OFFICE),
        "update through a related set": lambda: office.roles.update(role="x"),
        "add to a related set": lambda: office.posts.add(Post.objects.exclude(office=office).first()),
        "delete of a related set": lambda: office.posts.all().delete(),
        "the base manager": lambda: Office._base_manager.filter(code="cg").update(name="x"),
        "a new password": lambda: (d.cg.person.set_password("x"), d.cg.person.save()),
        "a person's manager": lambda: Person.objects.filter(username="cg_1").update(active=False),
    }


WAYS = list(ways_of_writing(type("D", (), {"cg": type("C", (), {"office": None})})))


@pytest.mark.parametrize("way", WAYS)
def test_a_business_row_written_outside_an_act_is_refused(district, way):
    before = everything()
    with pytest.raises(NotRecorded), transaction.atomic():
        ways_of_writing(district)[way]()
    assert everything() == before


def test_every_business_table_refuses_update_and_delete_by_any_of_its_managers():
    assert len(business_models()) >= 8
    for model in business_models():
        for manager in (model._default_manager, model._base_manager):
            with pytest.raises(NotRecorded):
                manager.all().delete()
            with pytest.raises(NotRecorded):
                manager.all().update(pk=1)


def test_no_business_row_hangs_on_a_row_whose_deletion_would_take_it_along():
    from django.db import models

    for model in business_models():
        for field in model._meta.concrete_fields:
            if field.remote_field is not None:
                assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"


def test_an_event_can_neither_be_changed_nor_deleted_even_by_sql(district):
    for sql in ("UPDATE ledger_event SET act = 'x'", "DELETE FROM ledger_event"):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert verify().fault is None


def test_an_act_writes_its_rows_its_event_and_the_chain(district, at):
    with at("2016-06-07T09:00"):
        office = Office(code="jtj", name="金水区交通运输局", short="交通局")
        event = note("create_office", by=None, rows=[office], facts={"why": "三定"})
    assert Office.objects.get(code="jtj").pk == office.pk
    assert [row[:2] for row in event.told["rows"]] == [["offices_office", office.pk]]
    assert (event.facts, event.on, event.n, event.case) == ({"why": "三定"}, date(2016, 6, 7), None, None)
    head = Head.objects.get()
    assert (head.seq, head.head) == (event.seq, event.head)
    assert verify().head == event.head


def test_rows_that_raise_leave_nothing_neither_row_nor_event(district):
    case = begin(district)
    before = everything()

    def rows(case):
        with pytest.raises(NotRecorded):
            Office.objects.update(name="x")
        Office.objects.create(code="half", name="半途", short="半途")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(case, district.cg, "apply", "2016-06-08", rows=rows)
    with pytest.raises(ZeroDivisionError):
        begin(district, rows=rows)
    with pytest.raises(AttributeError):
        note("x", by=None, rows=[Office(code="half", name="半途", short="半途"), "not a row"])
    assert everything() == before


def test_after_a_failed_act_the_door_is_shut_again(district):
    with pytest.raises(ZeroDivisionError), recording():
        raise ZeroDivisionError
    with pytest.raises(NotRecorded):
        district.cg.office.save()


def test_facts_without_canonical_form_are_refused_before_anything_is_written(district):
    case = begin(district)
    before = everything()
    with pytest.raises(TypeError):
        do(case, district.cg, "apply", "2016-06-08", facts={"days": 2.5}, rows=[Office(code="x", name="x", short="x")])
    assert everything() == before


def test_the_same_key_again_is_the_same_event_and_writes_nothing(district):
    case = begin(district)
    first = do(case, district.cg, "apply", "2016-06-08", key="k1", facts={"opinion": "甲"})
    before = everything()
    again = do(case, district.cg, "apply", "2016-06-09", key="k1", facts={"opinion": "乙"})
    assert (again, again.facts) == (first, {"opinion": "甲"})
    assert everything() == before


def test_the_same_key_when_a_case_is_opened_is_the_same_case(district):
    case = begin(district, key="form-1")
    before = everything()
    assert begin(district, key="form-1", day="2016-06-09T09:00") == case
    assert everything() == before
    assert begin(district, key="form-2").number == "调2016-0002"


def test_a_refused_act_leaves_nothing_and_says_what_why_and_what_to_do(district):
    case = referred(district, "fzb")
    before = everything()
    with pytest.raises(Refused) as refusal:
        do(case, district.bb, "agree", "2016-06-13", rows=[Office(code="x", name="x", short="x")])
    assert everything() == before
    assert refusal.value.what == "编办现在不能“审核同意”"
    assert refusal.value.why == "此项应由法制办办理（第七条（三））"
    assert "法制办应在2016年6月17日（周五）前反馈审核意见" in refusal.value.todo


def test_a_refused_act_does_not_even_keep_the_lapses_before_it(district):
    """The sweep writes them; a refusal writes nothing at all."""
    case = referred(district, "fzb")
    before = everything()
    with pytest.raises(Refused):
        do(case, district.bb, "agree", "2016-07-01")
    assert everything() == before


def test_a_refused_first_act_leaves_no_case(district):
    before = everything()
    with pytest.raises(Refused, match="只有申请单位可以提出"), transaction.atomic():
        open_case("调", "cause_arose", by=district.bb.person, office=district.bb.office, title="x", gives={UNIT: [district.cg.office]})
    assert everything() == before


def test_a_child_case_names_its_parent(district):
    parent = begin(district)
    child = begin(district, parent=parent, day="2016-06-08T09:00")
    assert (child.parent, list(parent.children.all())) == (parent, [child])
    assert verify().fault is None


def test_cases_are_numbered_one_by_one_within_a_year(district):
    days = ["2016-06-07T09:00", "2016-06-07T09:00", "2016-12-31T23:59:59", "2017-01-01T00:00"]
    assert [begin(district, day=day).number for day in days] == ["调2016-0001", "调2016-0002", "调2016-0003", "调2017-0001"]


def test_a_lead_named_twice_owes_once(district):
    case = begin(district)
    do(case, district.cg, "apply", "2016-06-07T10:00")
    do(case, district.zwb, "refer", "2016-06-12", gives={LEAD: [district.fzb.office, district.fzb.office]})
    assert case.obligations.filter(row="D4").count() == 1
    assert verify().fault is None


def test_a_dated_fact_in_the_future_is_refused(district, at):
    with at("2016-06-07T09:00"), pytest.raises(Refused) as refusal:
        open_case("调", "cause_arose", by=None, office=district.cg.office, title="x", dates={"cause_day": date(2016, 6, 8)})
    assert refusal.value.what == "不能“登记调整情形”"
    assert refusal.value.why == "填写的日期2016年6月8日（周三）晚于今天（2016年6月7日（周二））"
    assert refusal.value.todo == "请把情形发生日改为今天或者更早的一天"
    assert not Case.objects.exists()


def test_a_person_without_a_post_in_the_office_is_refused(district, at):
    case = begin(district)
    before = everything()
    with pytest.raises(Refused, match="编办经办甲今天在城管局没有任职"):
        do(case, district.cg, "apply", "2016-06-08", by=district.bb.person)
    with at("2016-06-08T09:00"):
        stranger = Person(username="stranger", name="外人")
        note("create_person", by=None, rows=[stranger])
    after = everything()
    with pytest.raises(Refused, match="外人今天在城管局没有任职"):
        do(case, district.cg, "apply", "2016-06-08T10:00", by=stranger)
    with pytest.raises(Refused, match="外人今天在城管局没有任职"), at("2016-06-08T10:00"):
        open_case("调", "cause_arose", by=stranger, office=district.cg.office, title="x", dates={"cause_day": date(2016, 6, 7)})
    assert everything() == after != before


def test_a_person_acts_up_to_the_last_day_of_the_post_and_not_a_day_longer(district, at):
    case = begin(district)
    post = Post.objects.get(person=district.cg.person)
    post.valid_to = date(2016, 6, 8)
    with at("2016-06-07T12:00"):
        note("end_post", by=None, rows=[post])
    with pytest.raises(Refused, match="今天在城管局没有任职"):
        do(case, district.cg, "apply", "2016-06-09T00:00")
    do(case, district.cg, "apply", "2016-06-08T23:59:59")


def test_an_account_out_of_use_and_an_office_that_ended_cannot_act(district, at):
    case = begin(district)
    with at("2016-06-07T12:00"):
        district.cg.person.active = False
        note("disable", by=None, rows=[district.cg.person])
        district.bb.office.valid_to = date(2016, 6, 7)
        note("merge", by=None, rows=[district.bb.office])
    for who in (district.cg, district.bb):
        with pytest.raises(Refused, match="没有任职"):
            do(case, who, "apply", "2016-06-08")


def test_the_edition_that_a_case_keeps_is_the_one_in_force_when_it_was_opened(district, at, monkeypatch):
    from qingdan.statute import adjustment, laws
    from qingdan.statute.terms import Workdays

    later = adjustment.LAW_2016.amended(date(2016, 7, 1), {"D4": {"within": Workdays(7)}})
    monkeypatch.setitem(laws.EDITIONS, "调", (adjustment.LAW_2016, later))
    old = referred(district, "fzb")
    new = begin(district, day="2016-07-01T09:00")
    assert (old.edition, new.edition) == (date(2016, 5, 6), date(2016, 7, 1))
    assert verify().fault is None


def test_what_an_act_wrote_is_taken_down_also_when_it_was_written_in_bulk(district):
    case = begin(district)

    def rows(case):
        OfficeRole.objects.bulk_create([OfficeRole(office=district.cg.office, measure="调", role=LEAD, scope=s) for s in "甲乙丙"])
        return []

    event = do(case, district.cg, "apply", "2016-06-08", rows=rows)
    assert [table for table, *_ in event.told["rows"]] == ["offices_officerole"] * 3
    assert verify().fault is None
    assert Event.objects.count() == 3


@pytest.mark.writes_past
def test_g7_a_silent_change_by_the_product_is_seen_and_its_line_named(district, no_silent_change):
    """The check that runs beside every test: a line of the product that writes past the ledger, in three ways."""
    lines = """
from django.db import connection, models
from qingdan.kernel.offices.models import Office
models.QuerySet(Office).filter(code='cg').update(name='x')
models.QuerySet(Office).bulk_create([Office(code='x', name='x', short='x')])
connection.cursor().execute("DELETE FROM offices_officerole")
"""
    begin(district)
    assert no_silent_change.found == []
    exec(compile(lines, f"{PRODUCT}/somewhere.py", "exec"), {})
    assert [found.split(": ")[0].rsplit(":", 1)[1] for found in no_silent_change.found] == ["4", "5", "6"]
    no_silent_change.found.clear()
