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
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from consolidate.gitstep.objects import Entry
from consolidate.gitstep.port import Git, Output, Places, ask, checked
from planner.model import decode, encode

_ENTRY = re.compile(
    rb"(\d{6}) ([0-9a-f]{40,64}) 0\t([^\0]+)\0  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: \d+\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\tflags: \w+\n"
)
_BETWEEN = ("filter", "working-tree-encoding", "ident")
_SIZES = 2**32  # the index holds sizes modulo this
_SECOND = 10**9
_AT_ONCE = 20_000  # paths that git is asked about together


Signature = bytes
"""What tells that a file is still the same: its size, the times of its contents and of its inode, the inode."""


def signature(root: bytes, path: str) -> Signature | None:
    """Return the signature of a regular file, None for anything else."""
    found = _found(root, path)
    return _signature(found) if found is not None else None


def _found(root: bytes, path: str) -> os.stat_result | None:
    try:
        found = os.lstat(b"%b/%b" % (root, encode(path)))
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _signature(found: os.stat_result) -> Signature:
    return b"%x %x %x %x" % (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def on_disk(git: Git, places: Places, entries: Mapping[str, Entry]) -> dict[str, Signature]:
    """Return the signatures of those regular files of a commit that the work tree is known to hold, by path."""
    between = _between(git, (entry.path for entry in entries.values()))
    # The format is for debugging and may change: what is not as expected here is not known.
    listing = ask(git, "ls-files", "--stage", "--debug", "-z")
    try:
        written = places.index.stat().st_mtime_ns
    except OSError:
        return {}
    root, found = os.fsencode(places.root), dict[str, Signature]()
    for match in _ENTRY.finditer(listing):
        _, blob, name, second, more, seconds, rest, size = match.groups()
        entry = entries.get(decode(name))
        if entry is None or not entry.mode.startswith("100") or blob.decode("ascii") != entry.blob:
            continue
        seen = _found(root, entry.path)
        if (
            seen is not None
            and seen.st_size % _SIZES == int(size)
            and seen.st_mtime_ns == int(seconds) * _SECOND + int(rest)
            and seen.st_ctime_ns == int(second) * _SECOND + int(more)
            and max(seen.st_mtime_ns, seen.st_ctime_ns) < written
        ):
            found[entry.path] = _signature(seen)
    for path in between():
        found.pop(path, None)
    return found


def unchanged(places: Places, files: Mapping[str, Signature], paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths that are among the files and have the same signature still."""
    root = os.fsencode(places.root)
    return frozenset(path for path in paths if path in files and signature(root, path) == files[path])


def _between(git: Git, paths: Iterable[str]) -> Callable[[], frozenset[str]]:
    """Begin to ask which contents git changes on their way from a blob to the work tree, beyond line ends.

    What is returned waits for the paths.
    """
    rest, begun = iter(paths), list[Callable[[], Output]]()
    while some := tuple(islice(rest, _AT_ONCE)):
        names = b"".join(encode(path) + b"\0" for path in some)
        begun.append(git.begin("check-attr", "--stdin", "-z", *_BETWEEN, stdin=names))

    def end() -> frozenset[str]:
        found: set[str] = set()
        for output in [wait() for wait in begun]:
            answers = iter(checked("check-attr", output).split(b"\0")[:-1])
            for path, _, value in zip(answers, answers, answers, strict=True):
                if value not in (b"unspecified", b"unset"):
                    found.add(decode(path))
        return frozenset(found)

    return end
