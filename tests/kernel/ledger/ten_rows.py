"""A small world with ten rows and more in every table, lived through the product's own acts (g1)."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import models

from qingdan.kernel import clock
from qingdan.kernel.calendar import arrangements, shipped
from qingdan.kernel.calendar.models import CalendarRelease
from qingdan.kernel.calendar.spelling import text_of
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event, Head, Obligation
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import business_models
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.lists.queries import in_force
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.models import ChangeRequest
from qingdan.statute.roles import LEAD
from tests.lists.samples import HEADER, code, csv_bytes
from tests.world import make_district

LEDGER = [Event, Head, Obligation]
TABLES = {m._meta.db_table: m for m in [*business_models(), *LEDGER]}
ROWS = 10


def build():
    d = make_district()
    _more_people(d)
    _list_of_ten(d)
    _ten_changes(d)
    _ten_files()
    _ten_calendars()
    _ten_of_whatever_else_there_is()
    with clock.frozen("2016-07-20T00:30"):
        assert tick() > 0


def _more_people(d):
    since = {"valid_from": date(2016, 5, 6)}
    offices = [Office(code=f"more{i}", name=f"另一单位{i}", short=f"另{i}", **since) for i in range(3)]
    people = [Person(username=f"more{i}", name=f"另一人{i}") for i in range(3)]
    posts = [Post(person=people[i], office=offices[i], **since) for i in range(3)]
    roles = [OfficeRole(office=offices[i], measure="会", role=LEAD, **since) for i in range(3)]
    with clock.frozen("2016-05-07T09:00"):
        note("create_more", by=None, rows=[*offices, *people, *posts, *roles])


def _list_of_ten(d):
    rows = [["城管局", f"事项{n}", code(n), "01", "0371-63526000"] for n in range(1, 11)]
    with clock.frozen("2016-05-08T09:00"):
        table = read(csv_bytes([HEADER, *rows]), "表.csv")
        digest = committing.plan("审批", table).digest
        committing.commit("审批", table, digest, by=d.zwb.person, office=d.zwb.office)


def _ten_changes(d):
    with clock.frozen("2016-06-07T09:00"):
        cases = []
        for version in in_force("审批"):
            request = ChangeRequest(
                list_kind="审批", move="变更", item=version.item, base_number=version.number, base_content=version.content,
                content=version.content.replace("事项", "新事项"), ground="第五条（一）", cause="新法颁布", cause_day=date(2016, 6, 6),
                evidence="公报", reason="名称变化", wished_on=date(2016, 8, 1),
            )  # fmt: skip
            cases.append(actions.apply_new(request, by=d.cg.person, office=d.cg.office, key=version.item.code))
    with clock.frozen("2016-06-12T09:00"):
        for case in cases[:5]:
            actions.refer(case, [d.zwzx.office], by=d.zwb.person, office=d.zwb.office)
    with clock.frozen("2016-06-13T09:00"):
        actions.say(cases[0], "agree", "同意", by=d.zwzx.person, office=d.zwzx.office)
        actions.approve(cases[0], by=d.zwb.person, office=d.zwb.office)


def _ten_files():
    with clock.frozen("2016-06-14T08:00"):
        note("fill", by=None, rows=[keep(ContentFile(f"第{i}份".encode(), f"{i}.txt")) for i in range(ROWS)])


def _ten_calendars():
    """What ships with the product, adopted ten times over: every later event names it."""
    with clock.frozen("2016-06-14T09:00"):
        row = {"version": shipped().version, "days": text_of(arrangements()), "year": 2016}
        note("fill", by=None, rows=[CalendarRelease(**row, adopted_on=date(2016, 6, 1 + i)) for i in range(ROWS)])


def _ten_of_whatever_else_there_is():
    """A room that came later has tables of its own: ten rows in each, made up from its columns, written by one act."""
    for model in _those_pointed_at_first(business_models()):
        lacking = ROWS - model._base_manager.count()
        if lacking > 0:
            with clock.frozen("2016-06-14T09:00"):
                note("fill", by=None, rows=[model(**_made_up(model, i)) for i in range(lacking)])


EITHER_OR = {"Disposal": {"rejected_by": None}}
"""Columns that a condition of their table does not let be filled beside others."""

def _those_pointed_at_first(wanted):
    ordered = []
    while waiting := [m for m in wanted if m not in ordered]:
        ready = [m for m in waiting if not {f.related_model for f in m._meta.concrete_fields if f.remote_field} & (set(waiting) - {m})]
        assert ready, waiting
        ordered += ready
    return ordered


def _made_up(model, i):
    made = {}
    for n, field in enumerate(model._meta.concrete_fields):
        if isinstance(field, models.AutoField):
            continue
        kind = field.get_internal_type()
        if field.remote_field is not None:
            others = field.related_model._base_manager.order_by("pk")
            if field.unique:
                others = others.exclude(pk__in=model._base_manager.values(field.attname))
            made[field.name] = others[(i + n) % others.count()] if others.exists() else None  # no two columns name the same
        elif kind == "PositiveSmallIntegerField" and field.has_default():
            made[field.name] = field.get_default()  # few of something: the table has a condition on how many
        elif field.choices:
            made[field.name] = field.choices[i % len(field.choices)][0]
        elif kind == "DateTimeField":
            made[field.name] = clock.now()
        else:
            made[field.name] = {"DateField": date(2016, 6, 1 + i), "BooleanField": i % 2 == 0}.get(kind, i + 1 if "Integer" in kind else f"{i}改")
    return made | EITHER_OR.get(model.__name__, {})
