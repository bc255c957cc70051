"""Several at once: requests that start together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any


def together(*does: Callable[[], Any]) -> Sequence[Any]:
    """Each in a thread of its own, all let go by one barrier; what each returned, or raised."""
    barrier, results = threading.Barrier(len(does)), [None] * len(does)

    def one(i: int, do: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[i] = do()
        except Exception as broke:
            results[i] = broke  # type: ignore[call-overload]

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(does)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
