"""Blobs, trees and commits: reading those of a commit, writing those of a new one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from weakref import WeakKeyDictionary

from msgspec import Struct

from consolidate.errors import Refused
from consolidate.gitstep import settings
from consolidate.gitstep.port import Git, Places, ask, checked, complaint, line
from consolidate.gitstep.signing import Signing
from planner.model import decode, encode
from planner.snapshot import File

SYMLINK = "120000"
SUBMODULE = "160000"

_PARTIAL: WeakKeyDictionary[Git, bool] = WeakKeyDictionary()


Entry = File
"""One file of a commit: path from the root (surrogate escapes), mode as git writes it (`100644`), object id."""


class Delta(Struct, frozen=True):
    """One path on both sides of a commit. Mode and object id are "" on the side where the path does not exist."""

    path: str
    old_mode: str
    old_blob: str
    new_mode: str
    new_blob: str

    @property
    def reversed(self) -> Delta:
        """The same path with the sides exchanged."""
        return Delta(self.path, self.new_mode, self.new_blob, self.old_mode, self.old_blob)


def entries(git: Git, commit: str) -> tuple[Entry, ...]:
    """Return every file of a commit (its full id), symbolic links and submodules included, in git's order."""
    return begin_entries(git, commit)()


def begin_entries(git: Git, commit: str) -> Callable[[], tuple[Entry, ...]]:
    """Begin what `entries` does, and return what waits for it."""
    listing = git.begin("ls-tree", "-r", "-z", "--full-tree", commit)
    return lambda: _entries(checked("ls-tree", listing()))


def _entries(listing: bytes) -> tuple[Entry, ...]:
    found = []
    for record in decode(listing).split("\0")[:-1]:  # bytes that are no text are decoded one by one
        tab = record.index("\t")
        mode, _, blob = record[:tab].split(" ")
        found.append(Entry(record[tab + 1 :], sys.intern(mode), blob))
    return tuple(found)


def deltas(git: Git, old: str, new: str) -> tuple[Delta, ...]:
    """Return what differs from tree or commit `old` to `new` (full ids; `old` may be "" for nothing), by path."""
    sides = (old, new) if old else ("--root", "--no-commit-id", new)
    listing = ask(git, "diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", *sides)
    fields = listing.split(b"\0")[:-1]
    found = []
    for meta, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, new_mode, old_blob, new_blob, _status = meta.decode("ascii").removeprefix(":").split(" ")
        before = (old_mode, old_blob) if old_mode.strip("0") else ("", "")
        after = (new_mode, new_blob) if new_mode.strip("0") else ("", "")
        found.append(Delta(decode(path), *before, *after))
    return tuple(sorted(found, key=lambda delta: encode(delta.path)))


def changed_paths(git: Git, commits: Sequence[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each commit (full ids) that changed a path of its parent, with these paths; merges change none themselves.

    One process for all of them.
    """
    options = ("-r", "-z", "--root", "--no-renames", "--no-ext-diff", "--no-textconv")
    listing = ask(git, "diff-tree", "--stdin", *options, stdin=_lines(commits)) if commits else b""
    commit, paths = "", set[str]()
    fields = iter(listing.split(b"\0")[:-1])
    for field in fields:
        if field.startswith(b":"):  # what changed, and after it the path
            paths.add(decode(next(fields)))
            continue
        if paths:
            yield commit, frozenset(paths)
        commit, paths = field.decode("ascii"), set()
    if paths:
        yield commit, frozenset(paths)


def read_blobs(git: Git, ids: Sequence[str], most: int | None = None) -> Iterator[tuple[str, bytes | None]]:
    """Yield each id with its contents, in the order of `ids`; None where the repository lacks the object.

    With `most`, only so many bytes of each. One process for all of them. Raises Refused (`git-failed`) where git stops
    in between.
    """
    absent = missing(git, ids) if partial(git) else frozenset[str]()
    asked = [blob for blob in ids if blob not in absent] if absent else ids
    with git.stream("cat-file", "--batch", "--buffer", stdin=_lines(asked)) as stdout:
        for blob in ids:
            if blob in absent:
                yield blob, None
                continue
            header = stdout.readline().split()
            if header[1:] == [b"missing"]:
                yield blob, None
                continue
            size = int(header[2]) if len(header) == 3 else 0
            kept = size if most is None else min(size, most)
            data = stdout.read(kept)
            if len(data) != kept or not _pass_over(stdout, size + 1 - kept):
                raise Refused(f"git cannot read object {blob}", hint="run `git fsck`", code="git-failed")
            yield blob, data


def _pass_over(stream: BinaryIO, count: int) -> bool:
    """Read and forget so many bytes; tell if there were as many."""
    while count:
        part = stream.read(min(count, 1 << 20))
        if not part:
            return False
        count -= len(part)
    return True


def missing(git: Git, ids: Sequence[str]) -> frozenset[str]:
    """Return those of the ids that the repository lacks (a partial clone, a damaged repository)."""
    return begin_missing(git, ids)()


def begin_missing(git: Git, ids: Sequence[str]) -> Callable[[], frozenset[str]]:
    """Begin what `missing` does, and return what waits for it."""
    if not ids:
        return frozenset
    check = "--batch-check=%(objectname)"
    if partial(git):
        # Asked for an object, git would fetch it, and end where it may not. A list of what there is fetches nothing.
        listing = git.begin("cat-file", "--batch-all-objects", "--unordered", "--buffer", check)
        return lambda: frozenset(ids) - frozenset(checked("cat-file", listing()).decode("ascii").split())
    asking = git.begin("cat-file", "--buffer", check, stdin=_lines(ids))
    return lambda: frozenset(
        record.removesuffix(b" missing").decode("ascii")
        for record in checked("cat-file", asking()).split(b"\n")
        if record.endswith(b" missing")
    )


def partial(git: Git) -> bool:
    """Whether the repository is a partial clone: some objects are promised by a remote. Asked once in a run."""
    if git in _PARTIAL:
        return _PARTIAL[git]
    promised = git.run(
        "config", "--get-regexp", r"^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$"
    )
    if promised.status not in (0, 1):
        raise Refused(f"git config failed: {complaint(promised)}", code="git-failed")
    _PARTIAL[git] = promised.status == 0
    return _PARTIAL[git]


def write_blobs(git: Git, places: Places, contents: Sequence[bytes]) -> tuple[str, ...]:
    """Write the contents as blobs, without any filter, and return their ids in the same order."""
    if not contents:
        return ()
    folder = places.scratch / "blobs"
    folder.mkdir(parents=True)
    names = []
    for number, data in enumerate(contents):
        file = folder / str(number)
        file.write_bytes(data)
        names.append(quoted(file))
    answer = ask(git, "hash-object", "-w", "--no-filters", "--stdin-paths", stdin=b"".join(names))
    shutil.rmtree(folder)
    return tuple(answer.decode("ascii").split())


def write_tree(git: Git, places: Places, base: str, changed: Sequence[Delta]) -> str:
    """Return the id of the tree that has the new side of the deltas in place of what `base` has there.

    `base` is the id of a commit or tree, or "" for an empty tree.
    """
    env = {"GIT_INDEX_FILE": str(places.scratch / "index")}
    config = settings.SCRATCH_INDEX
    ask(git, "read-tree", base or "--empty", env=env, config=config)
    ask(git, "update-index", "-z", "--index-info", stdin=index_info(changed), env=env, config=config)
    # The blobs of other files may be missing (a partial clone); those of this commit have just been written.
    return line(ask(git, "write-tree", "--missing-ok", env=env, config=config))


def index_info(changed: Sequence[Delta]) -> bytes:
    """Return the input of `update-index -z --index-info` that sets each path to the new side of its delta.

    Deletions come first, so that a file can make room for a folder of its name.
    """
    lines = []
    for delta in sorted(changed, key=lambda delta: (bool(delta.new_blob), encode(delta.path))):
        mode, blob = (delta.new_mode, delta.new_blob) if delta.new_blob else ("0", "0" * len(delta.old_blob))
        lines.append(f"{mode} {blob} 0\t".encode("ascii") + encode(delta.path) + b"\0")
    return b"".join(lines)


def write_commit(
    git: Git,
    tree: str,
    parent: str,
    message: str,
    env: Mapping[str, str] | None = None,
    signed: Signing | None = None,
) -> str:
    """Return the id of a new commit (`parent` "" for a first one); the author is the user, the date is now.

    Raises Refused (`signing`) where it has to be signed and can't be.
    """
    options = (*(("-p", parent) if parent else ()), *(("-S",) if signed else ()))
    config = (*settings.IDENTITY, *(signed.config if signed else ()))
    text = message.encode("utf-8", "backslashreplace")
    output = git.run("commit-tree", *options, "-F", "-", tree, stdin=text, env=env, config=config)
    if output.status and signed:
        raise signed.refusal(complaint(output))
    if output.status:
        raise Refused(f"git commit-tree failed: {complaint(output)}", code="git-failed")
    return line(output.stdout)


def _lines(ids: Sequence[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in ids).encode("ascii")


def quoted(file: Path) -> bytes:
    """Return a path as a line of a list: git undoes C quotes there, so the folder may have a newline in its name."""
    raw = str(file).encode("utf-8", "surrogateescape")
    raw = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"\n'
