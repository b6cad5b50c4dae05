"""Blobs that the work tree holds: told by git's index, so that nothing has to be unpacked to be searched.

A file holds the blob of its index entry if size and times are those that git noted when it compared the two, unless it
changed in the same moment as the index was written (git's Documentation/technical/racy-git). The change time is looked
at whatever `core.trustctime` says, and flags that hide changes (assume-unchanged, skip-worktree) play no part.
Line ends may differ from the blob's; files that a filter or another encoding stands between are left out.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from consolidate.gitstep.objects import Entry
from consolidate.gitstep.port import Git, Places, ask
from planner.model import decode, encode

_ENTRY = re.compile(
    rb"(\d{6}) ([0-9a-f]{40,64}) 0\t([^\0]+)\0  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: \d+\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\tflags: \w+\n"
)
_BETWEEN = ("filter", "working-tree-encoding", "ident")
_SIZES = 2**32  # the index holds sizes modulo this
_SECOND = 10**9


class Signature(NamedTuple):
    """What tells that a file is still the same: size (bytes), times of its contents and of its inode (ns), inode."""

    size: int
    modified: int
    changed: int
    inode: int


def signature(root: bytes, path: str) -> Signature | None:
    """Return the signature of a regular file, None for anything else."""
    try:
        found = os.lstat(b"%b/%b" % (root, encode(path)))
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Signature(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def on_disk(git: Git, places: Places, entries: Sequence[Entry]) -> dict[str, Signature]:
    """Return the signatures of those regular files of a commit that the work tree is known to hold, by path."""
    # The format is for debugging and may change: what is not as expected here is not known.
    listing = ask(git, "ls-files", "--stage", "--debug", "-z")
    noted = {
        decode(name): (blob, int(size), int(seconds) * _SECOND + int(rest), int(second) * _SECOND + int(more))
        for _, blob, name, second, more, seconds, rest, size in _ENTRY.findall(listing)
    }
    try:
        written = places.index.stat().st_mtime_ns
    except OSError:
        return {}
    root, found = os.fsencode(places.root), dict[str, Signature]()
    for entry in entries:
        blob, size, modified, changed = noted.get(entry.path, (b"", 0, 0, 0))
        if not entry.mode.startswith("100") or blob.decode("ascii") != entry.blob:
            continue
        seen = signature(root, entry.path)
        if (
            seen is not None
            and (seen.size % _SIZES, seen.modified, seen.changed) == (size, modified, changed)
            and max(seen.modified, seen.changed) < written
        ):
            found[entry.path] = seen
    for path in _between(git, found):
        del found[path]
    return found


def unchanged(places: Places, files: Mapping[str, Signature], paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths that are among the files and have the same signature still."""
    root = os.fsencode(places.root)
    return frozenset(path for path in paths if path in files and signature(root, path) == files[path])


def _between(git: Git, paths: Iterable[str]) -> frozenset[str]:
    """Return the paths whose contents git changes on their way from a blob to the work tree, beyond line ends."""
    names = b"".join(encode(path) + b"\0" for path in paths)
    answers = ask(git, "check-attr", "--stdin", "-z", *_BETWEEN, stdin=names).split(b"\0")[:-1] if names else []
    return frozenset(
        decode(path)
        for path, value in zip(answers[::3], answers[2::3], strict=True)
        if value not in (b"unspecified", b"unset")
    )
