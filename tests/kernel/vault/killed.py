"""A process that takes an upload and is killed with -9: while the body comes in, while the file is made harmless, before the ciphertext has its name, or before the commit.

`python killed.py FOLDER WHEN`; `planted`: the body comes in by Django's own way.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
FOLDER, WHEN = Path(sys.argv[1]), sys.argv[2]
os.environ["QINGDAN_VAR"], os.environ["TMPDIR"] = str(FOLDER), str(FOLDER / "tmp")
os.environ["DJANGO_SETTINGS_MODULE"] = "qingdan.config.settings.test"
(FOLDER / "tmp").mkdir()
tempfile.tempdir = None

import django  # noqa: E402 - after the environment
from django.conf import settings  # noqa: E402

django.setup()
settings.MEDIA_ROOT, settings.VAULT_KEYS, settings.HARMLESS_APART = FOLDER / "files", str(FOLDER / "ring" / "keys"), True
settings.MIDDLEWARE, settings.ROOT_URLCONF = ["qingdan.kernel.vault.uploads.InMemory"], "__main__"

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from qingdan.kernel.files import store  # noqa: E402
from qingdan.kernel.files.harmless import making  # noqa: E402
from qingdan.kernel.vault.filing import seal_file  # noqa: E402
from qingdan.kernel.vault.uploads import in_memory  # noqa: E402
from tests.kernel.vault.markers import MARKERS  # noqa: E402


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def taking(request):
    seal_file("5ubj3ct0aaaaaaaa", request.FILES["file"].read(), number=1)
    die()


urlpatterns = [path("memory/", in_memory(taking)), path("disk/", lambda request: taking(request) or HttpResponse())]
TEXT = "\n".join(MARKERS * 10_000).encode()
BODY = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n' + TEXT + b"\r\n--x--\r\n"


class Coming:
    """The body as it comes over the line; the line breaks off, and with it the process, where it should."""

    def __init__(self):
        self.at = 0

    def readline(self, size=-1):
        raise NotImplementedError

    def read(self, size=-1):
        if WHEN in ("body", "planted") and self.at > len(BODY) * 9 // 10:
            die()
        piece = BODY[self.at : self.at + min(size, 65536)]
        self.at += len(piece)
        return piece


if WHEN == "harmless":
    making.COMMAND = (sys.executable, "-c", f"import os, sys; sys.stdin.buffer.read(100_000); os.kill({os.getpid()}, 9)")
if WHEN == "rename":
    store.os.rename = die
where = "/disk/" if WHEN == "planted" else "/memory/"
WSGIHandler()({
    "REQUEST_METHOD": "POST", "PATH_INFO": where, "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": Coming(), "wsgi.url_scheme": "http",
    "CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(len(BODY)), "QUERY_STRING": "", "SCRIPT_NAME": "",
}, print)  # fmt: skip
