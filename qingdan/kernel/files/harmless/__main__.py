"""The process of its own in which a file from outside is opened: from standard input to standard output, with little memory and time.

When all that it needs is loaded it gives up opening anything: no file, neither to read nor to write, and no connection.
"""

from __future__ import annotations

import codecs
import io
import json
import resource
import sys
from typing import Any

MEMORY = 1200 * 1024 * 1024
SECONDS = 30
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "cp437", "ascii", "latin-1")
CIPHERS: tuple[dict[str, Any], ...] = ({"R": 3, "aes": False, "metadata": False}, {"R": 4}, {"R": 6})  # RC4, AES-128, AES-256
LIMITS = (
    (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 3),  # those that are open already
)  # fmt: skip


def load() -> None:
    """What would be looked for on the disk at its first use."""
    import pikepdf
    from PIL import Image

    from . import cleaning  # noqa: F401 - with all that it stands on

    Image.init()
    for name in ENCODINGS:
        codecs.lookup(name)
    for way in CIPHERS:  # qpdf looks for them when it meets the first locked file
        with pikepdf.Pdf.new() as pdf:
            pdf.save(locked := io.BytesIO(), encryption=pikepdf.Encryption(user="", owner="a", **way))
        pikepdf.open(locked).close()


def confine() -> None:
    """Whatever a decoder is talked into."""
    for what, most in LIMITS:
        resource.setrlimit(what, (most, most))


def main() -> None:
    load()
    confine()
    from qingdan.engine.refusals import Refused

    from .cleaning import clean

    try:
        found = clean(sys.stdin.buffer.read())
        head, data = {"kind": found.kind}, found.data
    except Refused as refused:
        head, data = {"what": refused.what, "why": refused.why, "todo": refused.todo}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
