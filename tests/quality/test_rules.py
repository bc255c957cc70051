"""h1 and h2: nothing is silenced without a reason, and what the code must not do it does nowhere but where a reason stands. Each rule is shown to catch."""

from pathlib import Path

import pytest

from qingdan.kernel.policy.audiences import PUBLIC
from qingdan.kernel.policy.declared import DECLARED

from .rules import CALLS, found, found_in_template, unexplained

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sorted(p for p in (ROOT / "qingdan").rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(p for p in (ROOT / "qingdan").rglob("*.html"))
LEDGER, PLACE = "written past the ledger", "statement put together"
ALLOWED = {
    ("kernel/rows.py", LEDGER): "the rule itself, carried out: bulk_create inside an act",
    ("kernel/sql.py", LEDGER): "plain statements; whoever writes by `sql.write` is told by this rule as well",
    ("kernel/ledger/append.py", LEDGER): "the ledger",
    ("kernel/ledger/standing.py", LEDGER): "the shadow of duties: rebuilt from the ledger, compared with it by verify",
    ("kernel/ledger/reading.py", LEDGER): "reads raw rows for verify",
    ("kernel/ledger/reading.py", PLACE): "names of our own columns",
    ("kernel/ledger/immutable.py", LEDGER): "the triggers of a migration",
    ("kernel/ledger/immutable.py", PLACE): "names of our own triggers",
    ("kernel/database/", LEDGER): "the move from one engine to the other, roles and checks of the database: no act of anybody",
    ("kernel/database/", PLACE): "names of our own tables and of a role that the database has quoted",
    ("kernel/backup/", LEDGER): "backup and restore of the whole database: no act of anybody",
    ("kernel/commands.py", LEDGER): "a command's own execute",
    ("kernel/notices/queries.py", LEDGER): "who has looked at a notice: no business row (kernel.rows.NOT_BUSINESS)",
    ("kernel/notices/telling.py", LEDGER): "notices: derived from the ledger, no business rows",
    ("kernel/accounts/", LEDGER): "failed log-ins, sessions, words to a person: no business rows",
    ("lists/importing/committing.py", LEDGER): "inside the founding act, where bulk_create takes every row down",
    ("kernel/throttle/", LEDGER): "tries of an address: no business rows",
    ("kernel/saved/", LEDGER): "conditions of a list under a name: no business row",
    ("kernel/notices/letters.py", LEDGER): "letters: derived from notices, once each by their keys",
    ("kernel/notices/posting.py", LEDGER): "whether a letter was sent: no business row",
    ("demo/leaks/scratch.py", LEDGER): "where PostgreSQL goes on counting, before a life of the search for leaks: no row",
    ("measures/adjustment/drafting.py", LEDGER): "drafts: unsubmitted typing, no business rows",
}
OPEN_TO_ALL = {
    "portal:home", "portal:list", "portal:list_csv", "portal:compare", "portal:item", "portal:item_on", "portal:item_version", "portal:item_compare",
    "portal:bases", "portal:basis", "portal:basis_article", "portal:rules", "portal:measure", "portal:due", "portal:ledger", "portal:ledger_csv",
    "portal:verify", "portal:verify_code", "portal:receipt_check",
    "portal:complaint", "portal:complaint_status", "portal:complaint_receipt", "portal:complaint_leave", "portal:contacts", "portal:figures", "portal:figures_csv",
    "desk:login", "desk:logout", "notices:feed", "accounts:second", "accounts:passkey", "accounts:renew", "accounts:oidc", "accounts:oidc_back",
}  # fmt: skip


def reason(path, rule):
    """Why this file may, if it may."""
    where = path.relative_to(ROOT / "qingdan").as_posix()
    return next((why for (start, of), why in ALLOWED.items() if of == rule and where.startswith(start)), None)


def test_h2_the_code_breaks_no_rule():
    broken = [(p.relative_to(ROOT).as_posix(), rule, n) for p in PYTHON for rule, n in found(p.read_text(encoding="utf-8")) if not reason(p, rule)]
    broken += [(p.relative_to(ROOT).as_posix(), rule, n) for p in TEMPLATES for rule, n in found_in_template(p.read_text(encoding="utf-8"))]
    assert broken == []
    assert len(PYTHON) > 150 and len(TEMPLATES) > 60


def test_h2_every_permission_is_needed():
    used = {(start, of) for p in PYTHON for of, _ in found(p.read_text(encoding="utf-8")) for start, of2 in ALLOWED
            if of2 == of and p.relative_to(ROOT / "qingdan").as_posix().startswith(start)}  # fmt: skip
    assert set(ALLOWED) - used == set()


def test_h2_what_is_open_to_everybody_stands_in_a_second_list():
    """A page that becomes public by one word of the declaration fails here until somebody says it twice."""
    assert {name for name, page in DECLARED.items() if page.audience is PUBLIC} == OPEN_TO_ALL


PLANTED = {
    'HttpResponse("<p>" + request.GET["q"])': "answer put together",
    'HttpResponse(f"<p>{name}</p>")': "answer put together",
    'HttpResponseBadRequest("<p>%s" % name)': "answer put together",
    'open(request.GET["file"])': "file named by a request",
    'Path(ROOT, request.POST.get("name")).read_text()': "file named by a request",
    "mark_safe(item.name)": "called safe",
    'format_html("<b>" + name + "</b>")': "called safe",
    'Case.objects.filter(pk=1).update(title="x")': LEDGER,
    "Office.objects.bulk_create(rows)": LEDGER,
    "sql.write(PUT, [values])": LEDGER,
    "Case.objects.filter(pk=1).delete()": LEDGER,
    'cursor.execute("UPDATE ledger_case SET title = 1")': LEDGER,
    'cursor.execute(f"SELECT * FROM {table}")': PLACE,
    'render_to_string("papers/refusal.txt", {"case": Case.objects.get(pk=1)})': "row in a document",
    'write_docx("转办函", case=Case.objects.get(pk=1))': "row in a document",
    "from django.views.decorators.csrf import csrf_exempt": "exempt",
    "@login_not_required\ndef view(request): ...": "exempt",
}


@pytest.mark.parametrize("source", PLANTED)
def test_h2_each_rule_catches_a_planted_case(source):
    assert PLANTED[source] in {rule for rule, _ in found(source)}


def test_h2_every_rule_has_a_planted_case():
    assert set(PLANTED.values()) == {*CALLS, "exempt"}


@pytest.mark.parametrize("source", ['HttpResponse("ok")', 'mark_safe(" x")', 'known.update({"a": 1})', "hash.update(data)", 'open("a.csv")',
                                    'render_to_string("x.txt", {"told": view_model})'])  # fmt: skip
def test_h2_what_is_right_is_left_alone(source):
    assert list(found(source)) == []


@pytest.mark.parametrize("text", ["{{ name|safe }}", "{% autoescape off %}", "{{ names|safeseq }}"])
def test_h2_a_template_that_does_not_escape_is_caught(text):
    assert list(found_in_template(text)) and not list(found_in_template("{{ name }}"))


def test_h1_nothing_is_silenced_without_a_reason():
    files = [p for top in ("qingdan", "battery", "audit") for p in sorted((ROOT / top).rglob("*.py")) if "migrations" not in p.parts]
    assert [(p.relative_to(ROOT).as_posix(), n) for p in files for n in unexplained(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("line", ["x = 1  # noqa", "x = 1  # noqa: S608", "x = 1  # nosec", "x = 1  # type: ignore"])
def test_h1_a_silence_without_a_reason_is_caught(line):
    assert list(unexplained(line)) == [1]
    assert list(unexplained("x = 1  # noqa: S608 - names of our own columns")) == []
