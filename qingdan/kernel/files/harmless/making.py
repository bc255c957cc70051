"""`harmless(data)`: asked of the scanner where there is one, then made harmless in a process of its own.

That process has no database, no settings, no keys and no environment of ours; it can open no file and no connection. A decoder that
falls over, or that takes too much memory or time, takes nothing with it: the file is refused.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

import qingdan
from qingdan.engine.refusals import Refused

from .cleaning import Clean, clean
from .refusing import LIMIT, damaged, refused

WAIT = 60  # seconds
AT_ONCE = 2  # processes beside each of the server's own, so that a flood of files takes no more memory than is there (T36)
_free = threading.BoundedSemaphore(AT_ONCE)
ROOT = str(Path(qingdan.__file__).parents[1])
ENVIRONMENT = {"PYTHONPATH": ROOT, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"}
COMMAND = (sys.executable, "-m", "qingdan.kernel.files.harmless")


@sensitive_variables()
def harmless(data: bytes) -> Clean:
    """The file in a safe kind. Raises Refused: not taken, damaged, too big inside, found bad by the scanner, or the scanner did not answer."""
    if len(data) > LIMIT:
        raise refused(f"文件超过 {LIMIT // 1024 // 1024} MB", "请压缩图片，或者分成几个文件后再上传")
    scan(data)
    return _apart(data) if settings.HARMLESS_APART else clean(data)


@sensitive_variables()
def scan(data: bytes) -> None:
    """FILE_SCANNER, none by default: a command that reads the file from its standard input and ends with 0 where it is good, or a callable
    that says True. Raises Refused.
    """
    scanner = settings.FILE_SCANNER
    if not scanner:
        return
    try:
        good = scanner(data) if callable(scanner) else _asked(shlex.split(scanner), data)
    except Exception:  # whatever it was: without an answer nothing is taken
        raise refused("病毒检查没有完成", "请稍后再上传；一直这样的，请告知管理员") from None
    if good is not True:
        raise refused("病毒检查没有通过", "请核对文件的来源，或者截图后再上传")


@sensitive_variables()
def _asked(command: list[str], data: bytes) -> bool:
    """1 is what scanners end with for a bad file; anything else is no answer."""
    done = subprocess.run(command, input=data, capture_output=True, timeout=WAIT, check=False)  # noqa: S603 - the installation's own command
    if done.returncode not in (0, 1):
        raise OSError(done.returncode)
    return done.returncode == 0


@sensitive_variables()
def _apart(data: bytes) -> Clean:
    if not _free.acquire(timeout=WAIT):
        raise refused("现在上传的文件太多", "请过几分钟再上传，已经填写的不会丢失")
    try:
        done = subprocess.run(COMMAND, input=data, capture_output=True, timeout=WAIT, check=False, env=ENVIRONMENT, cwd="/")  # noqa: S603 - ours
    except (subprocess.TimeoutExpired, OSError):
        raise damaged() from None
    finally:
        _free.release()
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise damaged()
    told = json.loads(head)
    if "why" in told:
        raise Refused(told["what"], told["why"], told["todo"])
    return Clean(told["kind"], rest)
