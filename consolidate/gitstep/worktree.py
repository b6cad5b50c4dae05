"""Files of the work tree: looked at, replaced and removed one by one, never through a symbolic link.

Every path is walked from the root by directory descriptors (openat(2), O_NOFOLLOW), so a folder that turns into a link
while a run is under way leads nowhere.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from consolidate.gitstep.checkpoint import checkpoint
from consolidate.gitstep.paths import placed
from planner.model import encode

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Kind(StrEnum):
    """What lies at a path."""

    ABSENT = "absent"
    FILE = "file"
    SYMLINK = "symlink"
    BEHIND_SYMLINK = "behind a symbolic link"
    BEHIND_FILE = "behind a file"
    OTHER = "other"


class Found(Struct, frozen=True):
    """What lies at a path; `data` are a file's bytes, as they are on disk."""

    kind: Kind
    data: bytes = b""


def look(root: Path, path: str) -> Found:
    """Return what the work tree has at `path`. Raises OSError where it cannot be read."""
    try:
        with _parent(root, path) as (folder, name):
            mode = os.lstat(name, dir_fd=folder).st_mode
            if stat.S_ISLNK(mode):
                return Found(Kind.SYMLINK)
            if not stat.S_ISREG(mode):
                return Found(Kind.OTHER)
            # O_NONBLOCK: should it have become a pipe meanwhile, opening it must not wait for a writer.
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            with os.fdopen(descriptor, "rb") as file:
                return Found(Kind.FILE, file.read())
    except FileNotFoundError:
        return Found(Kind.ABSENT)
    except _BlockedError as blocked:
        return Found(blocked.kind)


def replace(root: Path, path: str, data: bytes, *, executable: bool, temporary: str) -> None:
    """Put `data` at `path`, atomically and durably, by a file named `temporary` in the same folder.

    A file that is replaced hands its permissions on; a new one gets those of the umask, and `executable` if asked for.
    Folders are made as needed. Raises OSError.
    """
    with _parent(root, path, create=True) as (folder, name):
        try:
            permissions = stat.S_IMODE(os.lstat(name, dir_fd=folder).st_mode)
        except FileNotFoundError:
            permissions = None
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(temporary, flags, 0o777 if executable else 0o666, dir_fd=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                if permissions is not None:
                    os.fchmod(file.fileno(), permissions)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            checkpoint("file-temporary")
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary, dir_fd=folder)
            raise
        os.fsync(folder)


def remove(root: Path, path: str) -> None:
    """Delete the file at `path`, and the folders that it leaves empty, as git does. Raises OSError."""
    with _parent(root, path) as (folder, name):
        os.unlink(name, dir_fd=folder)
        os.fsync(folder)
    _prune(root, path)


def sweep(root: Path, path: str, temporary: str) -> None:
    """Remove what a killed run may have left beside `path`: its temporary file, and folders made for it."""
    with contextlib.suppress(OSError, _BlockedError), _parent(root, path) as (folder, _):
        os.unlink(temporary, dir_fd=folder)
    _prune(root, path)


def writable(root: Path, path: str) -> bool:
    """Whether the folder that holds `path`, or will hold it, can be written to."""
    parents = placed(root, path).parents
    return next((os.access(folder, os.W_OK | os.X_OK) for folder in parents if folder.is_dir()), False)


class _BlockedError(Exception):
    """A part of the path is no folder."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


@contextlib.contextmanager
def _parent(root: Path, path: str, *, create: bool = False) -> Iterator[tuple[int, bytes]]:
    """Hand out a descriptor of the folder that holds `path`, and the name in it."""
    *folders, name = encode(path).split(b"/")
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in folders:
            if create:
                with contextlib.suppress(FileExistsError):
                    os.mkdir(part, dir_fd=descriptor)
            try:
                below = os.open(part, _FOLDER, dir_fd=descriptor)
            except NotADirectoryError:
                linked = stat.S_ISLNK(os.lstat(part, dir_fd=descriptor).st_mode)
                raise _BlockedError(Kind.BEHIND_SYMLINK if linked else Kind.BEHIND_FILE) from None
            os.close(descriptor)
            descriptor = below
        yield descriptor, name
    finally:
        os.close(descriptor)


def _prune(root: Path, path: str) -> None:
    """Remove the folders above `path` that are empty."""
    parent = path.rpartition("/")[0]
    while parent:
        try:
            with _parent(root, parent) as (folder, name):
                os.rmdir(name, dir_fd=folder)
        except (OSError, _BlockedError):
            return
        parent = parent.rpartition("/")[0]
