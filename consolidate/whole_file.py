"""Writing a file of the user's whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def write_whole(place: Path, data: bytes) -> None:
    """Write a file, whole or not at all; one that is there keeps its permissions. Makes its folders. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        if place.exists():
            beside.chmod(stat.S_IMODE(place.stat().st_mode))
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
