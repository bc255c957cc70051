"""`tell`: one notice to one office, once per key; who sees it, who has read it."""

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.notices.queries import in_order, mark_read, notices_of, unread
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.models import Post
from tests.kernel.ledger.worlds import second_clerk, together
from tests.kernel.notices.people import lies_before, make_head, post_of, told


@pytest.mark.django_db
def test_one_key_is_told_once_and_the_first_text_stands(district, at):
    with at("2016-06-07T09:00"):
        for text in ("请补交证明", "请补交证明（第二次）"):
            tell(district.cg.office, text, key="proof:1")
        tell(district.cg.office, "另一件", key="proof:2")
    assert told() == [("cg", "请补交证明"), ("cg", "另一件")]
    assert {n.day.isoformat() for n in Notice.objects.all()} == {"2016-06-07"}


@pytest.mark.django_db
def test_a_key_of_any_length_is_kept_apart(district, at):
    with at("2016-06-07T09:00"):
        for end in "ab":
            tell(district.cg.office, end, key="长" * 300 + end)
            tell(district.cg.office, end, key="长" * 300 + end)
    assert told() == [("cg", "a"), ("cg", "b")]


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_tell_once(district, at):
    with at("2016-06-07T09:00"):
        results = together(*[lambda: tell(district.cg.office, "一次", key="once") for _ in range(6)])
    assert results == [None] * 6 and told() == [("cg", "一次")]


@pytest.mark.django_db
def test_a_notice_of_an_act_that_is_undone_is_undone_with_it(district, at):
    """a9: told inside the act's transaction, it does not outlive it."""
    from django.db import transaction

    with at("2016-06-07T09:00"), pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(district.cg.office, "没有发生", key="k")
        raise ZeroDivisionError
    assert told() == []


@pytest.mark.django_db
def test_only_the_office_that_was_told_sees_it(district, at):
    with at("2016-06-07T09:00"):
        tell(district.cg.office, "城管局的", key="k")
        assert lies_before(post_of(district.cg)) == ["城管局的"] and lies_before(post_of(district.zwb)) == []


@pytest.mark.django_db
def test_what_is_for_the_heads_is_seen_by_them_alone(district, at):
    head = make_head(district.cg, "cg_head")
    with at("2016-06-07T09:00"):
        tell(district.cg.office, "请负责人过问", key="k", heads_only=True)
        assert lies_before(head) == ["请负责人过问"] and lies_before(post_of(district.cg)) == []


@pytest.mark.django_db
def test_an_office_without_a_head_today_reads_it_all_the_same(district, at):
    head = make_head(district.cg, "cg_head")
    head.valid_to = clock.legal_day(clock.datetime.fromisoformat("2016-06-06T09:00+08:00"))
    with at("2016-06-06T09:00"):
        note("end_post", by=None, rows=[head])
    with at("2016-06-07T09:00"):
        tell(district.cg.office, "请负责人过问", key="k", heads_only=True)
        assert lies_before(post_of(district.cg)) == ["请负责人过问"]


@pytest.mark.django_db
def test_reading_is_each_persons_own_and_repeating_it_changes_nothing(district, at):
    colleague = Post.objects.get(person=second_clerk(district.cg, "cg_2"))
    mine = post_of(district.cg)
    with at("2016-06-07T09:00"):
        tell(district.cg.office, "一件", key="k")
        for _ in range(2):
            mark_read(Notice.objects.all(), mine.person)
        assert lies_before(mine) == [] and lies_before(colleague) == ["一件"]
        assert [n.was_read for n in notices_of(mine)] == [True]


@pytest.mark.django_db
def test_unread_stands_first_and_then_the_newest(district, at):
    mine = post_of(district.cg)
    for day in ("01", "02", "03", "06"):
        with at(f"2016-06-{day}T09:00"):
            tell(district.cg.office, day, key=day)
    with at("2016-06-07T09:00"):
        mark_read(Notice.objects.filter(key__in=("03", "06")), mine.person)
        assert [n.text for n in in_order(notices_of(mine))] == ["02", "01", "06", "03"]
        assert unread(mine).count() == 2


@pytest.mark.django_db
def test_what_was_told_more_than_a_year_ago_is_history(district, at):
    mine = post_of(district.cg)
    with at("2016-06-07T09:00"):
        tell(district.cg.office, "去年的", key="k")
    for day, seen in (("2017-06-08", ["去年的"]), ("2017-06-09", [])):
        with at(f"{day}T09:00"):
            assert lies_before(mine) == seen == [n.text for n in notices_of(mine)]
