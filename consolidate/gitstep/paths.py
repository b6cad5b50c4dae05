"""Which paths the git step may write: relative, plain, and never inside of a git directory."""

from __future__ import annotations

import re

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
