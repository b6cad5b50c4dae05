"""The user's index: what it holds for some paths, and a change of exactly these.

git makes the new index in a scratch folder, from a copy; it takes the place of the real one in one rename, while
`index.lock` keeps other git processes out. Our lock says that it is ours, so the next run can tell one that a killed
run left behind from somebody else's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct

from consolidate.errors import HalfWay
from consolidate.gitstep.checkpoint import checkpoint
from consolidate.gitstep.journal import sync_folder
from consolidate.gitstep.objects import Delta, index_info
from consolidate.gitstep.port import Git, Places, ask
from planner.model import decode, encode

_TOKEN = b"locked by consolidate\n"


class IndexEntry(Struct, frozen=True):
    """One entry of the index. `stage` is 1 to 3 in a conflict, else 0."""

    path: str
    mode: str
    blob: str
    stage: int
    assume_unchanged: bool
    skip_worktree: bool


def entries(git: Git, paths: Collection[str], index: Path | None = None) -> dict[str, list[IndexEntry]]:
    """Return the index's entries for these paths; a path that the index lacks has no key."""
    env = {"GIT_INDEX_FILE": str(index)} if index else None
    found: dict[str, list[IndexEntry]] = {}
    # All of them, filtered here: a path is never an argument, so it is never a pattern nor an option.
    for record in ask(git, "ls-files", "--stage", "-v", "-z", env=env).split(b"\0")[:-1]:
        head, _, name = record.partition(b"\t")
        path = decode(name)
        if path in paths:
            tag, mode, blob, stage = head.decode("ascii").split(" ")
            entry = IndexEntry(path, mode, blob, int(stage), tag.islower(), tag.upper() == "S")
            found.setdefault(path, []).append(entry)
    return found


def roll_forward(git: Git, places: Places, deltas: Sequence[Delta]) -> tuple[str, ...]:
    """Set the index to the new side of the deltas, and return the paths that were neither old nor new and stay.

    The flags assume-unchanged and skip-worktree survive. Raises HalfWay where another process holds the index.
    """
    _take_lock(places)
    try:
        copy = places.scratch / "user-index"
        # With its time: git tells from it which entries it may believe without a look at the file.
        shutil.copy2(places.index, copy)
        left = _change(git, copy, deltas)
        if left is not None:
            with copy.open("rb") as file:
                os.fsync(file.fileno())
            shutil.copymode(places.index, copy)
            checkpoint("index-temporary")
            copy.replace(places.index)
            sync_folder(places.index.parent)
            checkpoint("index-replaced")
    finally:
        release_lock(places)
    checkpoint("index")
    return left or ()


def release_lock(places: Places) -> None:
    """Remove `index.lock` if it is ours."""
    lock = _lock(places)
    with contextlib.suppress(FileNotFoundError):
        with lock.open("rb") as file:
            ours = file.read(len(_TOKEN) + 1) == _TOKEN
        if ours:
            lock.unlink()


def _change(git: Git, index: Path, deltas: Sequence[Delta]) -> tuple[str, ...] | None:
    """Change the entries in the file `index`; None if there was nothing to change."""
    present = entries(git, {delta.path for delta in deltas}, index)
    todo, left = [], []
    for delta in deltas:
        now = [(entry.mode, entry.blob) for entry in present.get(delta.path, ())] or [("", "")]
        if now == [(delta.old_mode, delta.old_blob)]:
            todo.append(delta)
        elif now != [(delta.new_mode, delta.new_blob)]:
            left.append(delta.path)
    if not todo:
        return tuple(left) if left else None
    env = {"GIT_INDEX_FILE": str(index)}
    ask(git, "update-index", "--replace", "-z", "--index-info", stdin=index_info(todo), env=env)
    flagged = [entry for delta in todo if delta.new_blob for entry in present.get(delta.path, ())]
    for option, names in (
        ("--assume-unchanged", [entry.path for entry in flagged if entry.assume_unchanged]),
        ("--skip-worktree", [entry.path for entry in flagged if entry.skip_worktree]),
    ):
        if names:
            stdin = b"".join(encode(name) + b"\0" for name in names)
            ask(git, "update-index", option, "-z", "--stdin", stdin=stdin, env=env)
    return tuple(left)


def _take_lock(places: Places) -> None:
    release_lock(places)
    token = places.scratch / "index-lock"
    token.parent.mkdir(parents=True, exist_ok=True)
    token.write_bytes(_TOKEN)
    try:
        try:
            os.link(token, _lock(places))  # it appears with its contents
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            with _lock(places).open("xb") as file:
                file.write(_TOKEN)
    except FileExistsError:
        raise HalfWay(
            "another git process holds the index",
            str(_lock(places)),
            "let it end, or remove that file if there is none; then `consolidate apply --continue`",
        ) from None
    checkpoint("index-lock")


def _lock(places: Places) -> Path:
    return places.index.with_name(places.index.name + ".lock")
