"""The process of its own in which a file from outside is opened: from standard input to standard output, with little memory and time,
and no way to write a file.
"""

from __future__ import annotations

import json
import resource
import sys

MEMORY = 1200 * 1024 * 1024
SECONDS = 30


def confine() -> None:
    """No file can be written (nor a core), whatever a decoder is talked into."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def main() -> None:
    confine()
    from qingdan.engine.refusals import Refused
    from qingdan.kernel.files.harmless.cleaning import clean

    try:
        found = clean(sys.stdin.buffer.read())
        head, data = {"kind": found.kind}, found.data
    except Refused as refused:
        head, data = {"what": refused.what, "why": refused.why, "todo": refused.todo}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
