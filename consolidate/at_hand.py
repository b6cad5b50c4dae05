"""Contents of blobs from the work tree, where they lie at hand: no process of git, and every byte is hashed."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from planner.hazards import LARGEST
from planner.model import blob_id, encode
from planner.snapshot import File

if TYPE_CHECKING:
    from consolidate.gitstep.objects import Entry

# A pipe must not be waited for, nor a link followed; the hash tells whatever else is not what it should be.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def at_hand(root: Path, file: File | Entry) -> bytes | None:
    """Return the contents of a blob if the work tree has exactly these at its path, else None. Raises nothing.

    Files larger than `planner.hazards.LARGEST` count as not at hand.
    """
    if not file.mode.startswith("100"):
        return None
    try:
        descriptor = os.open(os.path.join(os.fsencode(root), encode(file.path)), _FLAGS)  # noqa: PTH118 - bytes
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
                return None
            # Room for what the file holds and no more: making room takes longer than reading. The hash tells the rest.
            data = os.read(descriptor, found.st_size + 1)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return None
    return data if blob_id(data, file.blob) == file.blob else None
