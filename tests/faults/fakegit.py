"""A `git` that fails at its n-th call, put before the real one on the path."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

# How a call fails. "full" and its like: git complains before it has done anything; the others are about the moment.
COMPLAINTS = {
    "ENOSPC": "error: unable to write file: No space left on device",
    "EIO": "fatal: read error: Input/output error",
    "EACCES": "fatal: could not open: Permission denied",
    "EROFS": "fatal: unable to create temporary file: Read-only file system",
    "ENOMEM": "fatal: Out of memory, malloc failed",
}
MOMENTS = ("done, then failed", "killed", "done, then killed", "half said, then failed")
WAYS = (*COMPLAINTS, *MOMENTS)

_SCRIPT = """#!/bin/sh
# Counts its calls in a file; at the one that is wanted it fails.
read count < "$FAULTS/count"
count=$((count + 1))
echo "$count" > "$FAULTS/count"
if [ "$count" = "$FAULT_AT" ]; then
  case "$FAULT_WAY" in
    "done, then failed") "$REAL_GIT" "$@" > /dev/null; echo "fatal: it failed at the end" >&2; exit 128 ;;
    "killed") kill -KILL $$ ;;
    "done, then killed") "$REAL_GIT" "$@"; kill -KILL $$ ;;
    "half said, then failed") "$REAL_GIT" "$@" | head -c 30; echo "fatal: it failed in between" >&2; exit 128 ;;
    *) echo "$FAULT_COMPLAINT" >&2; exit 128 ;;
  esac
fi
exec "$REAL_GIT" "$@"
"""


def install(folder: Path, env: Mapping[str, str], number: int, way: str) -> dict[str, str]:
    """Make the program in an empty folder and return an environment in which call `number` fails (0: none)."""
    real = shutil.which("git")
    assert real
    (folder / "git").write_text(_SCRIPT)
    (folder / "git").chmod(0o755)
    (folder / "count").write_text("0\n")
    return {
        **env,
        "PATH": f"{folder}:{env['PATH']}",
        "REAL_GIT": real,
        "FAULTS": str(folder),
        "FAULT_AT": str(number),
        "FAULT_WAY": way,
        "FAULT_COMPLAINT": COMPLAINTS.get(way, ""),
    }


def calls(folder: Path) -> int:
    """Return how often the program of that folder has been called."""
    return int((folder / "count").read_text())
