"""The part of an executor that runs far away: only where both sides are the same program is anything done."""

from __future__ import annotations

import hashlib
import pickle
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGES = ("consolidate", "codemods", "planner", "templates")
# The limit of recursion, which work is done with, is the process's; and threads would share its one core anyway.
_ONE_AT_A_TIME = threading.Lock()


@cache
def identity() -> tuple[str, str, str]:
    """Return what two processes must have in common to give the same results.

    It is the version of `consolidate`, that of Python (`cpython 3.11`: what is valid syntax depends on it), and a hash
    of the code of the program: a checkout has the version number of the release before.
    """
    from consolidate.version import version

    root = Path(__file__).parents[2]
    found = hashlib.blake2b(digest_size=8)
    for package in _PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            found.update(f"{file.relative_to(root).as_posix()}\n".encode())
            found.update(file.read_bytes())
    python = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    return version(), python, found.hexdigest()


def run(data: bytes) -> tuple[str, Any]:
    """Do a batch of work and return `("done", (answers…))`, or `("other", identity)` and do nothing.

    `data` are, pickled, the sender's identity, the work, pickled, and its items, each pickled. An answer is, pickled,
    `(True, result)` or `(False, exception)`, or None where memory did not suffice.
    """
    sender, work, items = pickle.loads(data)  # noqa: S301 - whoever reaches a scheduler can run anything on its workers
    if sender != identity():
        return "other", identity()
    with _ONE_AT_A_TIME:
        do = pickle.loads(work)  # noqa: S301
        return "done", tuple(_answer(do, item) for item in items)


def _answer(do: Callable[[Any], object], item: bytes) -> bytes | None:
    try:
        return pickle.dumps((True, do(pickle.loads(item))))  # noqa: S301
    except MemoryError:
        return None
    except Exception as error:  # noqa: BLE001 - raised again by the one who asked
        return pickle.dumps((False, error))
