"""What a killed run leaves behind beside its journal: scratch files, and the locks of a git process killed with it."""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path

from consolidate.gitstep import index
from consolidate.gitstep.journal import Journal, path_of
from consolidate.gitstep.port import Places

# How long (seconds) another git process may need for a ref.
PATIENCE = 1.0


def clear_scratch(places: Places) -> None:
    """Remove the scratch folder, and an index lock of ours. Only for the holder of the run's lock."""
    index.release_lock(places)
    shutil.rmtree(places.scratch, ignore_errors=True)


def clear_ref_locks(places: Places, journal: Journal) -> None:
    """Remove the locks that this journal's `update-ref` left when it was killed.

    Ours are younger than the journal, empty (git locks first and writes then) or hold one of its two commits, and do
    not go away: our git processes have ended, since they inherit the run's lock, and another one needs a moment only.
    """
    locks = [places.git_dir / "HEAD.lock", places.common_dir / f"{journal.ref}.lock"]
    deadline = time.monotonic() + PATIENCE
    while any(_ours(lock, places, journal) for lock in locks) and time.monotonic() < deadline:
        time.sleep(0.02)
    for lock in locks:
        if _ours(lock, places, journal):
            with contextlib.suppress(FileNotFoundError):
                lock.unlink()


def _ours(lock: Path, places: Places, journal: Journal) -> bool:
    try:
        young = lock.stat().st_mtime_ns >= path_of(places).stat().st_mtime_ns
        return young and lock.read_bytes().strip() in (b"", journal.old.encode(), journal.new.encode())
    except OSError:
        return False
