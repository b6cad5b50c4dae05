"""Which paths the git step may write: relative, plain, and never inside of a git directory; where they lie on disk."""

from __future__ import annotations

import os
import re
from pathlib import Path

from planner.model import decode, encode

# Spellings of `.git` that some file system takes for it: case, trailing dots and blanks, the short name of NTFS, its
# streams, and the characters that HFS+ ignores (git's own protectNTFS and protectHFS have the full list).
_GIT = re.compile(r"\.git[. ]*(:.*)?|git~\d+[. ]*(:.*)?", re.IGNORECASE)
_IGNORED = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")


def bad_path(path: str) -> str:
    """Return why a path (relative to the root, with `/`) must not be written, or "" where it may."""
    if not path or "\0" in path:
        return "is empty or holds NUL"
    if path.startswith("/"):
        return "is absolute"
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return "is not a plain path"
        if _GIT.fullmatch(_IGNORED.sub("", part)):
            return "lies in a git directory"
    return ""


def placed(root: Path, path: str) -> Path:
    """Return where a path of the repository lies: at git's bytes, whatever encoding the locale has for file names.

    Raises ValueError for text that no bytes stand for.
    """
    return root / os.fsdecode(encode(path))


def path_of(root: Path, file: Path) -> str:
    """Return the repository's path of a file below the root: `placed` the other way round. Raises ValueError."""
    return decode(os.fsencode(file.relative_to(root).as_posix()))
