"""The daily heads in public (T18): the page, the export, and that neither says what was done."""

import csv
import io

import pytest
from django.test import Client

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.heads import day_heads
from qingdan.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(district):
    """40 days with one act each, closed."""
    days = [f"2016-{month:02d}-{day:02d}" for month in (8, 9) for day in range(1, 21)]
    for day in days:
        with clock.frozen(f"{day}T09:00"):
            note("create_office", by=None, facts={"secret": "不可外传"})
    with clock.frozen("2016-09-21T00:30"):
        sweep()
    return days


def test_the_page_shows_the_last_31_days_newest_first_with_head_and_root(closed, get):
    page = get("/ledger/")
    heads = day_heads()
    assert page.html.count("<tr><th scope=\"row\">") == 31
    assert f"{heads[0].seq}:{heads[0].head}" in page.text and heads[0].root in page.text
    assert f"{heads[30].seq}:{heads[30].head}" in page.text and heads[31].head not in page.text


def test_the_export_has_every_closed_day_in_one_line(closed):
    answer = Client().get("/ledger.csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [line["day"] for line in lines][-40:] == closed
    for line in lines:
        assert Event.objects.get(seq=line["seq"]).head == line["head"] and len(line["root"]) == 64 and line["algorithm"] == "sha256"


def test_the_day_that_is_not_over_is_not_published(closed, get):
    with clock.frozen("2016-09-21T09:00"):
        tip = note("create_office", by=None)
        sweep()
        assert tip.head not in get("/ledger/").text
        assert tip.head not in Client().get("/ledger.csv").content.decode()


def test_nothing_of_what_was_done_stands_in_page_or_export(closed, get):
    for text in (get("/ledger/").text, Client().get("/ledger.csv").content.decode()):
        assert "不可外传" not in text and "create_office" not in text and "close_day" not in text


def test_an_empty_ledger_says_when_the_first_head_will_be_there(db, get):
    assert "还没有链首" in get("/ledger/").text


def test_the_page_is_reached_from_the_rules_and_asks_a_fixed_number_of_questions(closed, get, django_assert_max_num_queries):
    assert "/ledger/" in get("/rules/").links
    with django_assert_max_num_queries(4):
        get("/ledger/")
