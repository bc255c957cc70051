"""A file from outside is opened in a process that has nothing of ours; without an answer of it, or of the scanner, nothing is taken."""

import json
import subprocess
import sys

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.files.harmless import making
from qingdan.kernel.files.harmless.cleaning import clean
from qingdan.kernel.files.harmless.making import harmless
from qingdan.kernel.files.harmless.refusing import LIMIT

from . import pictures
from .office import word


@pytest.fixture
def apart(settings):
    settings.HARMLESS_APART = True


@pytest.mark.parametrize("data", [pictures.photo(), word(), "窗口".encode()])
def test_what_comes_back_is_what_this_process_would_have_made(apart, data):
    assert harmless(data) == clean(data)


def test_a_refusal_comes_back_as_it_was_said(apart):
    with pytest.raises(Refused) as here:
        clean(b"MZ")
    with pytest.raises(Refused) as there:
        harmless(b"MZ")
    assert str(here.value) == str(there.value)


@pytest.mark.parametrize("falls", ["import os; os.abort()", "import sys; sys.exit(3)", "pass", "raise SystemExit('x')"])
def test_a_decoder_that_falls_over_takes_nothing_with_it(apart, monkeypatch, falls):
    monkeypatch.setattr(making, "COMMAND", (sys.executable, "-c", falls))
    with pytest.raises(Refused, match="打不开"):
        harmless(b"a")


def test_a_decoder_that_does_not_end_is_ended(apart, monkeypatch):
    monkeypatch.setattr(making, "COMMAND", (sys.executable, "-c", "import time; time.sleep(99)"))
    monkeypatch.setattr(making, "WAIT", 0.2)
    with pytest.raises(Refused, match="打不开"):
        harmless(b"a")


@pytest.mark.parametrize("does", ["open('{}', 'wb', buffering=0).write(b'x' * 9)", "bytearray(2_000_000_000)"])
def test_the_process_can_write_no_file_and_take_no_more_memory_than_it_has(tmp_path, does):
    code = f"from qingdan.kernel.files.harmless.__main__ import confine; confine(); {does.format(tmp_path / 'a')}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and ("File too large" in done.stderr or "MemoryError" in done.stderr)
    assert not (tmp_path / "a").exists() or not (tmp_path / "a").read_bytes()


def test_the_process_knows_nothing_of_our_settings(apart, monkeypatch):
    monkeypatch.setenv("QINGDAN_SECRET_KEY", "secret")
    monkeypatch.setattr(making, "COMMAND", (sys.executable, "-c", "import json, os; print(json.dumps({'what': '', 'todo': '', 'why': ' '.join(os.environ)}))"))
    with pytest.raises(Refused) as told:
        harmless(b"a")
    assert {name for name in told.value.why.split() if not name.startswith(("PYTHON", "LC_"))} == {"PATH"}


def test_a_file_that_is_too_long_is_given_to_nobody(settings):
    seen = []
    settings.FILE_SCANNER = lambda data: seen.append(data) or True
    with pytest.raises(Refused, match="超过 20 MB"):
        harmless(b"a" * (LIMIT + 1))
    assert seen == []


def python(code):
    return f"{sys.executable} -c {json.dumps(code)}"


@pytest.mark.parametrize("scanner", [None, "", lambda data: data == b"abc", python("import sys; sys.exit(sys.stdin.read() != 'abc')")])
def test_what_the_scanner_finds_good_is_taken(settings, scanner):
    settings.FILE_SCANNER = scanner
    assert harmless(b"abc").data == b"abc"


@pytest.mark.parametrize("scanner", [lambda data: False, lambda data: None, lambda data: 1, python("import sys; sys.exit(1)")])
def test_what_it_finds_bad_is_not(settings, scanner):
    settings.FILE_SCANNER = scanner
    with pytest.raises(Refused, match="病毒检查没有通过"):
        harmless(b"abc")


@pytest.mark.parametrize("scanner", [lambda data: 1 / 0, "/nowhere/scanner", python("import sys; sys.exit(2)"), python("import os; os.abort()"), "'"])
def test_without_an_answer_of_the_scanner_nothing_is_taken(settings, scanner):
    settings.FILE_SCANNER = scanner
    with pytest.raises(Refused, match="病毒检查没有完成"):
        harmless(b"abc")


def test_a_scanner_that_does_not_end_is_ended(settings, monkeypatch):
    settings.FILE_SCANNER = python("import time; time.sleep(99)")
    monkeypatch.setattr(making, "WAIT", 0.2)
    with pytest.raises(Refused, match="病毒检查没有完成"):
        harmless(b"abc")
