"""The second verifier agrees with `verify` on copies that were tampered with, and contradicts a `verify` that is broken (g2, g4).

Each copy: the lived database, changed by SQL as whoever has its file can change it; both judge it, with the heads that had been published.
"""

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction

from audit import verify_ledger as second
from qingdan.kernel import clock
from qingdan.kernel.files import store
from qingdan.kernel.ledger import verify as first
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.append import _digests
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.heads import as_csv, day_heads
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import NOT_BUSINESS
from tests.kernel.ledger.by_hand import MANY, copy_of, insert, keys, literals, sql, undone
from tests.kernel.ledger.rewriting import cut, rewrite
from tests.kernel.ledger.ten_rows import build
from tests.kernel.ledger.worlds import approved
from tests.world import make_district, untriggered

from .draws import JUDGED, KINDS, SEES_ALONE, UNEVEN, last_published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies of a file; PostgreSQL is read through psql: tests/kernel/backup/test_on_postgresql.py"),
]
FILE = Path(__file__).resolve().parents[2] / "audit" / "verify_ledger.py"
def lived(long):
    """A small history; with --long ten rows in every table. Returns the rows as they once were, by table."""
    if long:
        build()
    else:
        with clock.frozen("2016-06-06T09:00"):
            district = make_district()
            note("fill", by=None, rows=[store.keep(ContentFile(f"第{i}份".encode(), f"{i}.txt")) for i in range(2)])
        approved(district)
    earlier = {name: {key: literals(model, key) for key in keys(model)} for name, model in JUDGED.items() if model._base_manager.exists()}
    with clock.frozen("2016-07-21T09:00"):
        sweep()
        changed_again()
        note("create_office", by=None)  # writes no row: cut off, nothing but the published head misses it
    with clock.frozen("2016-07-22T00:30"):
        sweep()
    return earlier


def changed_again():
    """A row that two events wrote: some people and offices are named anew."""
    rows = [*Person.objects.order_by("pk")[:5], *Office.objects.order_by("pk")[:5]]
    for row in rows:
        row.name += "（更名）"
    note("rename", by=None, rows=rows)


@pytest.fixture(scope="module")
def world(request, django_db_setup, django_db_blocker):
    """Built once, undone by savepoints, gone at the end; the triggers and checks are out of the way."""
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            earlier = lived(request.config.getoption("--long"))
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            with untriggered():
                yield earlier
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            transaction.set_rollback(True)


class Judges:
    """Both verifiers over the database as it is now; the second gets a copy of the file and the heads as they were exported."""

    def __init__(self, folder, capsys):
        self.copy, self.heads, self.capsys = folder / "copy.sqlite3", folder / "heads.csv", capsys
        self.published = {head.seq: head.head for head in day_heads()}
        self.heads.write_text(as_csv(day_heads()))

    def __call__(self, published=True):
        self.copy.write_bytes(connection.connection.serialize())
        fault = first.verify(self.published if published else {}).fault
        words = [str(self.copy), "--files", str(settings.MEDIA_ROOT), *(["--heads", str(self.heads)] if published else [])]
        code = second.main(words)
        return fault, code, self.capsys.readouterr().out


@pytest.fixture
def judges(world, tmp_path, capsys):
    return Judges(tmp_path, capsys)


def tampered(table):
    return sum(n for (kind, _, _), n in table.items() if kind != "nothing")


def agreement(judges, world, wanted, seed):
    """{(kind, verify, second): copies} over so many tampered copies, and what they disagreed about."""
    rng, table, disputed = random.Random(seed), Counter(), []
    kinds = [*KINDS, *(rng.choice(UNEVEN) for _ in range(wanted * 3))]
    for kind in kinds:
        if tampered(table) == wanted:
            break
        with undone():
            if did := KINDS[kind](rng, world):
                fault, code, said = judges()
                table[kind, "fault" if fault else "clean", "fault" if code == 1 else "clean" if code == 0 else "broken"] += 1
                if (fault is None) != (code == 0) or code == 2:
                    disputed.append((kind, did, str(fault), code, said))
    return table, disputed


def check_agreement(judges, world, wanted, record_property):
    table, disputed = agreement(judges, world, wanted, seed=20160506)
    assert disputed == []
    assert tampered(table) == wanted
    assert {kind for kind, _, _ in table} == set(KINDS)
    assert all((one == "clean") == (kind == "nothing") for kind, one, _ in table), "a copy that was tampered with is faulty to both, an untouched one to none"
    record_property("copies", wanted)
    for (kind, one, _), n in sorted(table.items()):
        record_property(f"{kind}: both say {one}", n)


def test_g2_both_verifiers_agree_on_20_copies(judges, world, record_property):
    check_agreement(judges, world, 20, record_property)


@pytest.mark.long
def test_g2_both_verifiers_agree_on_200_tampered_copies(judges, world, record_property):
    check_agreement(judges, world, 200, record_property)


# ---- what each sees alone, and what neither can see without a published head ----------------------------


def test_the_shadow_of_duties_is_all_that_verify_sees_alone(judges, world):
    with undone():
        sql("UPDATE ledger_obligation SET due = '2099-01-01' WHERE id = (SELECT min(id) FROM ledger_obligation)")
        fault, code, said = judges()
        assert (fault.table, code) == ("ledger_obligation", 0)
        assert "未核对：ledger_obligation" in said


def test_the_second_leaves_out_exactly_what_verify_leaves_out_and_the_shadow():
    assert set(second.NOT_COMPARED) == set(NOT_BUSINESS)
    assert SEES_ALONE == {Obligation._meta.db_table} < set(second.NOT_COMPARED)


@pytest.mark.parametrize("kind", ["cut_tail", "rewrite_chain"])
def test_without_a_published_head_neither_can_see_a_well_made_forgery(judges, world, kind):
    """The reason why the heads are published (trust.md 2.4: root can forge between two published heads)."""
    with undone():
        if kind == "cut_tail":
            cut(sql, last_published() - 1)
        else:
            KINDS[kind](random.Random(1), world)
        fault, code, _ = judges(published=False)
        assert (fault, code) == (None, 0)
        fault, code, _ = judges()
        assert fault is not None and code == 1


# ---- each check of the second, by what only it can find ------------------------------------------------


def forged(told, **facts):
    told["facts"] |= facts


CASES = {
    "chain": (lambda: sql("UPDATE ledger_event SET body = replace(body, '\"act\"', ' \"act\"') WHERE seq = 2"), "ledger_event 第 2 行：正文、盐或链值被改动"),
    "gap": (lambda: sql("UPDATE ledger_event SET seq = 9999 WHERE seq = 2"), "ledger_event 第 2 行：此处应是第 2 号事件，却是 3"),
    "algorithm": (lambda: sql("UPDATE ledger_event SET alg = 'md5' WHERE seq = 2"), "ledger_event 第 2 行：算法、正文、盐或链值不是系统写入的样子"),
    "tip": (lambda: sql("UPDATE ledger_head SET seq = seq + 1"), "ledger_head 第 1 行：链首与最后一号事件不一致"),
    "days": (lambda: rewrite(sql, 1, lambda told: forged(told, x="1"), roots=False), "2016-05-06 的日摘要与当日事件不一致"),
    "columns": (lambda: sql("UPDATE ledger_event SET on = '2016-01-01' WHERE seq = 2".replace(" on ", ' "on" ')), "ledger_event 第 2 行：列 on 与正文不一致"),
    "changed": (lambda: sql("UPDATE offices_office SET name = '假' WHERE code = 'bb'"), "内容与台账记载的摘要不一致（可信到第"),
    "missing": (lambda: sql("DELETE FROM offices_post WHERE id = 3"), "offices_post 第 3 行：台账有记载，表中却没有这一行"),
    "extra": (lambda: insert(Office, copy_of(Office, "2")[1]), f"offices_office 第 {2 + MANY} 行：没有任何事件写过这一行"),
    "table": (lambda: sql("DROP TABLE offices_post"), "offices_post 第"),
    "unreadable": (lambda: sql("DROP TABLE ledger_case"), "有内容或者表读不出来"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_second_names_what_is_wrong(judges, world, name):
    do, expected = CASES[name]
    with undone():
        do()
        _, code, said = judges(published=False)
        assert code == 1 and expected in said, said


def test_the_second_names_a_case_number_out_of_its_series(judges, world):
    """Forged with the right algorithm: row, digest and event fit each other, the number does not fit the series."""
    with undone():
        case = Case.objects.order_by("pk").last()
        seq = case.events.order_by("n").first().seq
        sql(f"UPDATE ledger_case SET serial = serial + 7 WHERE id = {case.pk}")
        event = Event.objects.get(seq=seq)
        written = _digests([case], event.alg, event.salt)

        def told_anew(told):
            told["rows"] = [written[0] if row[:2] == written[0][:2] else row for row in told["rows"]]

        rewrite(sql, seq, told_anew)
        _, code, said = judges(published=False)
        assert code == 1 and f"ledger_case 第 {case.pk} 行：编号 {case.number} 不是" in said, said


@pytest.fixture
def stored():
    row = store.StoredFile.objects.first()
    data = row.path.read_bytes()
    yield row
    row.path.write_bytes(data)


@pytest.mark.parametrize("spoil", ["change", "remove"])
def test_the_second_names_a_stored_file_that_was_changed_or_is_gone(judges, world, stored, spoil):
    if spoil == "change":
        stored.path.write_bytes(b"X" + stored.path.read_bytes()[1:])
    else:
        stored.path.unlink()
    fault, code, said = judges()
    assert (fault.table, code) == ("files_storedfile", 1) and f"files_storedfile 第 {stored.pk} 行" in said


# ---- g4: a broken `verify` is contradicted --------------------------------------------------------------


def without(name):
    """A part of `verify` that finds nothing."""
    return lambda patch: patch.setattr(first, name, lambda *args: iter(()))


def skips_a_table(patch):
    whole = first.business_models()
    patch.setattr(first, "business_models", lambda: [m for m in whole if m._meta.db_table != "offices_office"])


def returns_early(patch):
    patch.setattr(first, "_faults", lambda report, published: (found for found in ()))


def skips_columns(patch):
    patch.setattr(first.Columns, "faults", lambda self: iter(()))


def skips_files(patch):
    patch.setattr(first.stored_files, "faults", lambda: iter(()))


def says_so_of_every_row(patch):
    patch.setattr(first, "_row_fault", lambda key, values, written: None)


MUTANTS = {
    "skips a table": (skips_a_table, lambda: CASES["changed"][0]()),
    "returns early": (returns_early, lambda: CASES["missing"][0]()),
    "believes every row": (says_so_of_every_row, lambda: CASES["extra"][0]()),
    "does not look at the columns": (skips_columns, lambda: sql("UPDATE ledger_event SET office_code = 'bb' WHERE seq = 1")),
    "does not look at the tip": (without("_tip"), lambda: CASES["tip"][0]()),
    "does not look at published heads": (without("_published"), lambda: cut(sql, last_published() - 1)),
    "does not look at files": (skips_files, lambda: sql("SELECT 1")),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_g4_a_broken_verify_is_contradicted_by_the_second(judges, world, stored, monkeypatch, name):
    mutate, tamper = MUTANTS[name]
    if name == "does not look at files":
        stored.path.write_bytes(b"X")
    with undone():
        tamper()
        fault, code, _ = judges()
        assert fault is not None and code == 1, "whole, verify sees it"
        mutate(monkeypatch)
        fault, code, _ = judges()
        assert fault is None and code == 1, "broken, it does not, and the second says so"


# ---- the file itself ------------------------------------------------------------------------------------


def test_it_is_one_file_that_imports_the_standard_library_only_and_runs_alone(judges, world, tmp_path):
    judges()
    source = FILE.read_text(encoding="utf-8")
    imported = {line.split()[1].partition(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)
    alone = tmp_path / "elsewhere" / "verify_ledger.py"
    alone.parent.mkdir()
    alone.write_text(source)
    words = [sys.executable, "-I", "-S", str(alone), str(judges.copy), "--files", str(settings.MEDIA_ROOT), "--heads", str(judges.heads)]
    before = judges.copy.read_bytes()
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=alone.parent)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.endswith("\n一致\n")
    assert f"与 {len(judges.published)} 个公布的链首相比" in done.stdout
    assert judges.copy.read_bytes() == before, "it never writes"


@pytest.mark.parametrize(
    "words", [["nowhere.sqlite3", "--no-files"], ["COPY", "--head", "x"], ["COPY", "--head", "0:ab"], ["COPY", "--head", "1:a", "--head", "1:b"], ["postgresql://127.0.0.1:1/x"]]
)  # fmt: skip
def test_what_could_not_be_checked_is_not_called_sound(judges, world, words, capsys):
    judges()
    assert second.main([str(judges.copy) if word == "COPY" else word for word in words]) == 2
    assert "无法核对" in capsys.readouterr().err


def test_files_that_are_not_looked_at_are_named_as_such(judges, world, capsys):
    judges()
    assert second.main([str(judges.copy), "--no-files"]) == 0
    assert "未核对：ledger_obligation（要按法规规则重放）；文件" in capsys.readouterr().out
    assert second.main([str(judges.copy)]) == 1, "the files are looked for beside the database, where there are none"
