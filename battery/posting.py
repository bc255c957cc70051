"""A poster in a process of its own, to be killed: `python -m battery.posting [once]` sweeps and sends letters, again and again."""

from __future__ import annotations

import sys

SILENCE = 0.5  # seconds for which it waits for a silent server


def main(once: bool) -> None:
    import django

    django.setup()
    from qingdan.kernel.ledger.closing import sweep
    from qingdan.kernel.notices import posting

    posting.TIMEOUT = SILENCE  # type: ignore[assignment]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        sweep()
        posting.post_letters()
        if once:
            return


if __name__ == "__main__":
    main("once" in sys.argv)
