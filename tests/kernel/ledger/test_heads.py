"""T18, g2: given a head that was published, `verify` finds a cut tail, a fork and a past that was written anew with the right algorithm."""

import pytest
from django.db import connection

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.heads import as_csv, day_heads
from qingdan.kernel.ledger.management.commands import heads, verify
from qingdan.kernel.ledger.models import Event
from tests.world import untriggered

from .rewriting import cut, rewrite
from .worlds import approved, said


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def lived(district):
    """Some days of a case, each closed; the triggers are gone."""
    approved(district)
    with clock.frozen("2016-06-15T00:30"):
        sweep()
    with untriggered():
        yield


def head_of(seq):
    return f"{seq}:{Event.objects.get(seq=seq).head}"


def test_the_daily_heads_are_those_of_the_last_event_of_each_day(lived):
    found = day_heads()
    assert [str(h.day) for h in found] == ["2016-06-14", "2016-06-13", "2016-06-12", "2016-06-07", "2016-05-06"]
    for h in found:
        event = Event.objects.get(seq=h.seq)
        assert (event.head, clock.legal_day(event.recorded_at)) == (h.head, h.day)
        later = Event.objects.filter(seq__gt=h.seq).order_by("seq").first()
        assert clock.legal_day(later.recorded_at) > h.day


def test_a_day_closed_before_the_closings_told_the_head_is_left_out(lived):
    old = Event.objects.filter(act="close_day").order_by("seq").first()

    def forget(told):
        told["facts"] = {name: value for name, value in told["facts"].items() if name not in ("seq", "head")}

    rewrite(sql, old.seq, forget, roots=False)
    assert [str(h.day) for h in day_heads()] == ["2016-06-14", "2016-06-13", "2016-06-12", "2016-06-07"]


def test_heads_prints_one_line_a_day_from_a_day_on(lived, capsys):
    code, out, err = said(capsys, heads)
    lines = out.splitlines()
    assert (code, err, lines[0], len(lines)) == (0, "", "day,seq,head,root,algorithm,receipt_keys", 6)
    assert out == as_csv(day_heads())
    code, out, _ = said(capsys, heads, "--since", "2016-06-12")
    assert [line[:10] for line in out.splitlines()[1:]] == ["2016-06-12", "2016-06-13", "2016-06-14"]


def test_heads_refuses_what_is_no_day(lived, capsys):
    code, _, err = said(capsys, heads, "--since", "昨天")
    assert code == 2 and "不是日期" in err


def test_g2_a_published_head_that_stands_is_found_sound(lived, capsys):
    code, out, _ = said(capsys, verify, "--head", head_of(3), "--head", head_of(1))
    assert (code, out.splitlines()[-1]) == (0, "一致")


def test_g2_a_tail_cut_together_with_the_tip_shows_only_against_a_published_head(lived, capsys):
    """The last event closes a day: no row and no duty hangs on it, so that nothing but the head misses it."""
    last = Event.objects.count()
    published = head_of(last)
    cut(sql, last - 1)
    assert said(capsys, verify)[0] == 0
    code, out, _ = said(capsys, verify, "--head", published)
    assert code == 1
    assert f"ledger_event 第 {last} 行：公布过第 {last} 号事件的链首，台账却只到第 {last - 1} 号" in out


def test_g2_a_past_written_anew_with_the_right_algorithm_shows_only_against_a_published_head(lived, capsys):
    last = Event.objects.count()
    old, published = head_of(1), head_of(last)
    rewrite(sql, 3, lambda told: told["facts"].update(more="后来添上的"))
    assert said(capsys, verify)[0] == 0
    code, out, _ = said(capsys, verify, "--head", old, "--head", published)
    assert code == 1
    assert f"第 {last} 号事件的链首与公布的不同：第 2 号起的历史被改写，或者另起了一支（最后写入：第 1 号事件）" in out


def test_g2_a_fork_shows_against_the_head_of_the_other_branch(lived, capsys):
    last = Event.objects.count()
    published = head_of(last)
    cut(sql, last - 1)
    with clock.frozen("2016-06-16T09:00"):
        note("create_office", by=None, facts={"branch": "另一支"})
    assert said(capsys, verify)[0] == 0
    assert said(capsys, verify, "--head", published)[0] == 1


def test_whoever_writes_an_event_anew_and_forgets_the_root_of_its_day_is_found_without_a_published_head(lived, capsys):
    closing = Event.objects.filter(act="close_day").order_by("seq").first()
    rewrite(sql, 1, lambda told: told["facts"].update(more="后来添上的"), roots=False)
    code, out, _ = said(capsys, verify)
    assert code == 1 and f"ledger_event 第 {closing.seq} 行：2016-05-06 的日摘要与当日事件不一致" in out


@pytest.mark.parametrize("word", ["", "7", "0:ab", "x:ab", "3:", "3:a b", "1:ab", ":"])
def test_a_head_that_is_none_is_refused_in_chinese(lived, capsys, word):
    code, _, err = said(capsys, verify, "--head", word, "--head", "1:cd")
    assert code == 2 and "不能与公布的链首核对" in err
