"""A file from outside is opened in a process that has nothing of ours; without an answer of it, or of the scanner, nothing is taken."""

import json
import pickle
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
from .test_corpus_c5 import REFUSED, STORED, bytes_of


@pytest.fixture
def apart(settings):
    settings.HARMLESS_APART = True


@pytest.mark.parametrize("data", [pictures.photo(), word(), "窗口".encode()])
def test_what_comes_back_is_what_this_process_would_have_made(apart, data):
    assert harmless(data) == clean(data)


def test_a_refusal_comes_back_as_it_was_said(apart):
    with pytest.raises(Refused) as here:
        clean(b"MZ\x90\0")
    with pytest.raises(Refused) as there:
        harmless(b"MZ\x90\0")
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


CONFINED = "import os, socket; from qingdan.kernel.files.harmless.__main__ import confine; confine(); {does}"


@pytest.mark.parametrize(("does", "error"), [
    ("open('{}', 'wb')", "Too many open files"), ("open('/etc/passwd')", "Too many open files"), ("socket.socket()", "Too many open files"),
    ("os.write(1, b'x' * 9)", "File too large"), ("bytearray(2_000_000_000)", "MemoryError"),
])  # fmt: skip
def test_the_process_opens_nothing_writes_no_file_and_takes_no_more_memory_than_it_has(tmp_path, does, error):
    where = tmp_path / "a"
    with open(tmp_path / "out", "wb") as out:
        done = subprocess.run([sys.executable, "-c", CONFINED.format(does=does.format(where))], stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0 and error in done.stderr
    assert not where.exists() and not (tmp_path / "out").read_bytes()


WHOLE = """
import pickle, sys
from qingdan.engine.refusals import Refused
from qingdan.kernel.files.harmless.__main__ import confine, load
from qingdan.kernel.files.harmless.cleaning import clean
load(); confine()
for name, data in pickle.load(sys.stdin.buffer).items():
    try:
        said = clean(data).kind
    except Refused as refused:
        said = refused.why
    print(name, said, sep="\\t")
"""


def test_c5_the_whole_corpus_comes_out_the_same_in_a_process_that_can_open_nothing():
    """So nothing that is needed is missing there: no plugin, no codec."""
    files = {name: bytes_of(given[0]) for name, given in {**REFUSED, **STORED}.items()}
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", WHOLE], input=pickle.dumps(files), capture_output=True, check=True)
    said = dict(line.split("\t") for line in done.stdout.decode().splitlines())
    assert len(said) == len(REFUSED) + len(STORED)
    assert {name: told for name, told in said.items() if name in REFUSED and REFUSED[name][1] not in told} == {}
    assert {name: told for name, told in said.items() if name in STORED and STORED[name][1] != told} == {}


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


def test_T36_more_files_than_may_be_opened_at_once_wait_and_are_then_refused(apart, monkeypatch):
    monkeypatch.setattr(making, "WAIT", 0.1)
    for _ in range(making.AT_ONCE):
        making._free.acquire()
    with pytest.raises(Refused, match="现在上传的文件太多"):
        harmless(b"a")
    for _ in range(making.AT_ONCE):
        making._free.release()


@pytest.mark.parametrize("falls", ["pass", "import os; os.abort()"])
def test_a_refused_file_makes_room_for_the_next(apart, monkeypatch, falls):
    monkeypatch.setattr(making, "COMMAND", (sys.executable, "-c", falls))
    for _ in range(making.AT_ONCE + 1):
        with pytest.raises(Refused, match="打不开"):
            harmless(b"a")


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
