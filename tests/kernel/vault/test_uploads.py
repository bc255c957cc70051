"""f11: what is uploaded to a page that takes complaints lies on no disk in clear, not even when the power goes in the middle."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from qingdan.config.settings.base import MIDDLEWARE
from qingdan.kernel.policy.declared import DECLARED
from qingdan.kernel.vault import uploads
from qingdan.kernel.vault.uploads import MOST, in_memory
from tests.kernel.policy.walking import PATTERNS

from .markers import MARKERS, in_folder

LONG = "\n".join(MARKERS * 10_000).encode()


def taking(request):
    return HttpResponse(",".join(type(f).__name__ for f in request.FILES.values()) + str(len(request.POST)))


urlpatterns = [path("memory/", in_memory(taking), name="memory"), path("disk/", lambda request: taking(request))]
HERE = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["qingdan.kernel.vault.uploads.InMemory", "django.middleware.csrf.CsrfViewMiddleware"])


def sent(client, where, data=LONG):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(where, {"text": "a", "file": SimpleUploadedFile("举报信终稿v9.txt", data)})


@HERE
def test_f11_a_long_file_stays_in_memory_where_the_page_says_so(client):
    assert len(LONG) > 3_000_000
    assert sent(client, "/memory/").content == b"InMemoryUploadedFile1"
    assert sent(client, "/disk/").content == b"TemporaryUploadedFile1", "so the test is alive"


@HERE
def test_T36_a_body_above_25_mb_is_refused_unread_with_a_page_that_says_so(client):
    answer = client.post("/memory/", b"a" * (MOST + 1), content_type="text/plain")
    assert answer.status_code == 413 and "不能超过 25 MB" in answer.content.decode() and MOST == 25 * 1024 * 1024
    assert client.post("/disk/", b"a" * 10, content_type="text/plain").status_code == 200


@pytest.mark.parametrize("length", ["", "none", "-1"])
def test_a_body_without_a_length_is_no_way_around_it(length):
    request = RequestFactory().post("/memory/", {"a": "b"})
    request.META["CONTENT_LENGTH"] = length
    assert uploads.InMemory(taking).process_view(request, in_memory(taking), (), {}) is None
    assert [type(h) for h in request.upload_handlers] == [uploads.MemoryOnly]


def test_the_middleware_stands_before_everything_that_looks_into_what_was_sent():
    """Django's CSRF middleware reads the form, and with it the files, before any view."""
    assert MIDDLEWARE.index("qingdan.kernel.vault.uploads.InMemory") < MIDDLEWARE.index("django.middleware.csrf.CsrfViewMiddleware")


PROGRAM = Path(__file__).with_name("killed.py")


def killed(tmp_path, when):
    """A server of its own, sent a file full of markers, that is killed with -9 at this moment."""
    done = subprocess.run([sys.executable, str(PROGRAM), str(tmp_path), when], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == -9, done.stderr
    return in_folder(tmp_path)


@pytest.mark.parametrize("when", ["body", "harmless", "rename", "commit"])
def test_f11_killed_in_the_middle_of_an_upload_no_marker_lies_anywhere(tmp_path, when):
    assert killed(tmp_path, when) == {}
    assert list((tmp_path / "files").glob("*")) if when in ("rename", "commit") else not (tmp_path / "files").exists()


def test_f11_the_search_finds_what_djangos_own_way_leaves(tmp_path):
    (left,) = killed(tmp_path, "planted").values()
    assert len(left) == len(MARKERS) and TemporaryFileUploadHandler


OF_COMPLAINTS = {"complaints:new", "complaints:act", "portal:complaint", "portal:complaint_status", "portal:receipt_check", "portal:verify_code"}


def test_f11_every_page_that_takes_files_of_a_complaint_keeps_them_in_memory():
    """And a page that does so asks for no 再次确认, which would keep them on the disk meanwhile."""
    held = {name for name, pattern in PATTERNS.items() if getattr(pattern.callback, "in_memory", False)}
    assert OF_COMPLAINTS <= held
    assert {name for name in held if DECLARED[name].sure} == set()
