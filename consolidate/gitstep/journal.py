"""The journal: what a run is about to do, written before its commit point and dropped when everything is done."""

from __future__ import annotations

import contextlib
import json
import os
import re
from pathlib import Path

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from consolidate.errors import Refused
from consolidate.gitstep.checkpoint import checkpoint
from consolidate.gitstep.objects import Delta
from consolidate.gitstep.paths import bad_path
from consolidate.gitstep.port import Places

VERSION = 1

_ID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_MODE = re.compile(r"100644|100755")


class Journal(Struct, frozen=True):
    """A move of one branch from commit `old` to commit `new`, and the files that change with it.

    `operation` is the command for messages (`apply --phase 2`). `undo` marks the way back: such a journal was made of
    an interrupted one by `--abort`, and its ref may not have moved yet.
    """

    operation: str
    ref: str
    old: str
    new: str
    files: tuple[Delta, ...]
    undo: bool = False

    @property
    def reversed(self) -> Journal:
        """The way back."""
        files = tuple(file.reversed for file in self.files)
        return replace(self, old=self.new, new=self.old, files=files, undo=True)


def path_of(places: Places) -> Path:
    """Return where the journal lies: in the git directory of the worktree that it is about."""
    return places.home / "journal.json"


def write(places: Places, journal: Journal) -> None:
    """Put the journal in its place, atomically and durably, in place of an earlier one."""
    places.home.mkdir(exist_ok=True)
    target = path_of(places)
    temporary = target.with_suffix(".tmp")
    with temporary.open("wb") as file:
        # json writes a surrogate escape as \udcXX, which gives back the same byte.
        file.write(json.dumps({"version": VERSION} | to_builtins(journal)).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    checkpoint("journal-temporary")
    temporary.replace(target)
    sync_folder(target.parent)
    checkpoint("journal")


def read(places: Places) -> Journal | None:
    """Return the journal of a run that was cut off, or None.

    Raises Refused (`journal-broken`) where it is not one that this version wrote: it decides which files are written,
    so it is believed no more than a plan file.
    """
    try:
        data = path_of(places).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _broken(places, error.strerror or "unreadable") from error
    try:
        values = json.loads(data)
        if values.pop("version") != VERSION:
            raise ValueError("another version")
        journal = Journal(**(values | {"files": tuple(Delta(**file) for file in values["files"])}))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _broken(places, str(error)) from error
    if not _plausible(journal):
        raise _broken(places, "a value that no run writes")
    return journal


def drop(places: Places) -> None:
    """Remove the journal: the run is over. Raises OSError where it stays.

    One that comes back after a power cut, because the folder could not be synchronised, does no harm: everything that
    it tells of is done.
    """
    try:
        path_of(places).unlink(missing_ok=True)
    except OSError:  # a read-only file system says so even of a file that is not there
        if os.path.lexists(path_of(places)):
            raise
    with contextlib.suppress(OSError):
        path_of(places).with_suffix(".tmp").unlink(missing_ok=True)
        sync_folder(places.home)


def sync_folder(folder: Path) -> None:
    """Make what was renamed or removed in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _plausible(journal: Journal) -> bool:
    texts = (journal.operation, journal.ref, journal.old, journal.new)
    if not all(isinstance(text, str) for text in texts) or not isinstance(journal.undo, bool):
        return False
    if not journal.ref.startswith("refs/heads/") or bad_path(journal.ref):
        return False
    return all(map(_ID.fullmatch, (journal.old, journal.new))) and all(map(_plausible_file, journal.files))


def _plausible_file(file: Delta) -> bool:
    sides = ((file.old_mode, file.old_blob), (file.new_mode, file.new_blob))
    if not all(isinstance(text, str) for text in (file.path, *sides[0], *sides[1])):
        return False
    known = all((mode, blob) == ("", "") or (_MODE.fullmatch(mode) and _ID.fullmatch(blob)) for mode, blob in sides)
    return bool(known) and not bad_path(file.path)


def _broken(places: Places, why: str) -> Refused:
    return Refused(
        f"the journal of an interrupted run cannot be read: {why}",
        str(path_of(places)),
        "look at `git status` and `git reflog`, then remove that file",
        code="journal-broken",
    )
