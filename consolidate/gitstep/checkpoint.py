"""Named points of the git step at which a test can end the process as a power cut would.

`CONSOLIDATE_CRASH_AT=NAME[:N]` kills this process with SIGKILL when it comes to that point for the N-th time
(default 1). Without the variable a checkpoint does nothing.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

NAMES: tuple[str, ...] = (
    "locked",  # the lock is held, nothing is written
    "blobs",  # the new blobs are in the object store
    "commit",  # tree and commit too
    "journal-temporary",  # the journal lies beside its place
    "journal",  # and at its place
    "ref",  # the branch has moved: the commit point
    "file-temporary",  # the new contents lie beside a file
    "file",  # and at its place, or the file is deleted
    "index-lock",  # the real index is locked
    "index-temporary",  # the new index lies beside the real one
    "index-replaced",  # and at its place, still locked
    "index",  # unlocked
    "journal-dropped",  # nothing is left to do but to tidy up
)

_seen: Counter[str] = Counter()


def checkpoint(name: str) -> None:
    """Die here if the environment says so."""
    wanted = os.environ.get("CONSOLIDATE_CRASH_AT")
    if not wanted:
        return
    _seen[name] += 1
    point, _, count = wanted.partition(":")
    if point == name and _seen[name] == int(count or 1):
        os.kill(os.getpid(), signal.SIGKILL)
