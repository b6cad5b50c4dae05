"""The planner's view of a repository: one commit through git, or the files as they lie in the work tree."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import BinaryIO

from msgspec import Struct

from consolidate.at_hand import at_hand
from consolidate.cache.codec import Codec
from consolidate.cache.memo import Memo
from consolidate.errors import Refused, listed
from consolidate.repository import Repository
from planner.hazards import LARGEST
from planner.model import blob_id, encode
from planner.snapshot import File

_PIECE = 16 * 1024**2


class _Searched(Struct, frozen=True):
    """The blobs that hold one of some needles, and those that hold none."""

    found: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


_SEARCHED: Codec[_Searched] = Codec(_Searched)


class CommitSnapshot:
    """The files of one commit (a full id)."""

    absent = "its object is missing from the repository"
    """What `missing` means, in words."""

    def __init__(self, repository: Repository, commit: str, memo: Memo | None = None) -> None:
        self._repository, self._commit = repository, commit
        self._memo = memo or Memo()
        self._files = repository.entries(commit)
        self._by_path = {file.path: file for file in self._files}
        self._search = repository.search(commit, self._by_path)
        self._asked: set[str] = set()
        self._lacking: set[str] = set()
        self._begun: list[Callable[[], frozenset[str]]] = []

    @property
    def files(self) -> tuple[File, ...]:
        """All files of the commit, sorted by path."""
        return self._files

    def read(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each path with its contents, None where the object is missing."""
        elsewhere: dict[str, list[str]] = {}
        for path in paths:
            file = self._by_path.get(path)
            if file is not None:
                data = at_hand(self._repository.root, file)
                if data is None:
                    elsewhere.setdefault(file.blob, []).append(path)
                else:
                    yield path, data
        if elsewhere:
            for blob, data in self._repository.read_blobs(sorted(elsewhere), LARGEST + 1):
                for path in elsewhere[blob]:
                    yield path, data

    def known(self, paths: Sequence[str]) -> Mapping[str, str]:
        """Return the blob ids of those of the paths whose objects there are."""
        files = [path for path in paths if path in self._by_path]
        return {path: self._by_path[path].blob for path in sorted(set(files) - self.missing(files))}

    def containing(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> frozenset[str]:
        """Return the paths of the files (of some `kinds`, by the ends of their paths) that contain one of the needles.

        What is known of a blob is remembered, so that only those are looked at that are new.
        """
        return self.seek(needles, kinds)()

    def seek(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> Callable[[], frozenset[str]]:
        """Begin what `containing` does, and return what waits for it."""
        regular = [file for file in self._files if file.mode.startswith("100") and file.path.endswith(kinds or ("",))]
        key = self._memo.key("containing", repr(kinds), *sorted(needles))
        known = self._memo.recall(_SEARCHED, key) or _Searched()
        with_one, without = set(known.found), set(known.others)
        new = [file for file in regular if file.blob not in with_one and file.blob not in without]
        searched = self._search.begin([file.path for file in new], [needle.encode() for needle in needles])

        def end() -> frozenset[str]:
            if new:
                hits = searched()
                unsure = hits.found | hits.missing
                with_one.update(file.blob for file in new if file.path in hits.found)
                without.update(file.blob for file in new if file.path not in unsure)
                blobs = {file.blob for file in regular}
                self._memo.keep(_SEARCHED, key, _Searched(tuple(with_one & blobs), tuple(without & blobs - with_one)))
            return frozenset(file.path for file in regular if file.blob in with_one)

        return end

    def missing(self, paths: Sequence[str]) -> frozenset[str]:
        """Return the paths whose object the repository does not have."""
        self.begin_missing(paths)
        while self._begun:
            self._lacking |= self._begun.pop()()
        return frozenset(path for path in paths if self._by_path[path].blob in self._lacking)

    def begin_missing(self, paths: Sequence[str]) -> None:
        """Begin to ask whether the objects of these paths are there, which `missing` and `require` wait for."""
        new = {self._by_path[path].blob for path in paths} - self._asked
        if new:
            self._begun.append(self._repository.begin_missing(sorted(new)))
            self._asked |= new

    def require(self, paths: Sequence[str]) -> None:
        """Raise Refused (`missing-blob`) unless the repository has the contents of all these files."""
        if lacking := sorted(self.missing(paths)):
            raise Refused(
                f"the repository lacks the contents of {listed(lacking)}, which may refer to an engine",
                lacking[0],
                "fetch them first, or exclude them",
                code="missing-blob",
                details=lacking,
            )


class WorktreeSnapshot:
    """The tracked files as they lie in the work tree, and whatever else is named; what is gone there is missing."""

    absent = "it is no file in the work tree"
    """What `missing` means, in words."""

    def __init__(self, repository: Repository, more: Sequence[str] = ()) -> None:
        self._root = os.fsencode(repository.root)
        files = {entry.path: entry for entry in repository.entries(repository.resolve("HEAD"))}
        listed: list[File] = [*files.values()]
        listed += [File(path, "100644", "") for path in more if path not in files]
        self._files = tuple(sorted(listed, key=lambda file: file.path))

    @property
    def files(self) -> tuple[File, ...]:
        """All files, sorted by path; `blob` is that of HEAD."""
        return self._files

    def known(self, paths: Sequence[str]) -> Mapping[str, str]:
        """Return no ids: what lies in the work tree may be anything."""
        return {}

    def _bytes(self, path: str) -> bytes | None:
        with contextlib.suppress(OSError), self._opened(path) as file:
            return read_most(file, LARGEST + 1)
        return None

    def _opened(self, path: str) -> BinaryIO:
        return open_regular(self._place(path))

    def _place(self, path: str) -> bytes:
        return os.path.join(self._root, encode(path))  # noqa: PTH118 - bytes paths

    def read(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each path with its contents, None where it cannot be read."""
        for path in paths:
            yield path, self._bytes(path)

    def containing(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> frozenset[str]:
        """Return the paths of the files (of some `kinds`, by the ends of paths) that contain one of the needles."""
        wanted = [needle.encode() for needle in needles]
        every = (file.path for file in self._files if file.mode.startswith("100"))
        regular = (path for path in every if path.endswith(kinds or ("",)))
        return frozenset(path for path in regular if self._holds(path, wanted))

    def seek(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> Callable[[], frozenset[str]]:
        """Return what does as `containing`."""
        return partial(self.containing, needles, kinds)

    def _holds(self, path: str, needles: Sequence[bytes]) -> bool:
        """Tell whether a file of any size holds one of the needles; it is read piece by piece."""
        overlap = max(map(len, needles), default=1)
        with contextlib.suppress(OSError), self._opened(path) as file:
            data = read_most(file, _PIECE)
            while data:
                if any(needle in data for needle in needles):
                    return True
                more = read_most(file, _PIECE)
                data = data[-overlap:] + more if more else b""
        return False

    def missing(self, paths: Sequence[str]) -> frozenset[str]:
        """Return the paths where no regular file is, nor a link to one."""
        return frozenset(path for path in paths if not os.path.isfile(self._place(path)))  # noqa: PTH113 - bytes paths


def open_regular(place: bytes) -> BinaryIO:
    """Open a regular file, or one that a link leads to. Raises OSError for anything else.

    A pipe would wait for a writer, and a device may never end.
    """
    # O_NONBLOCK: opening must not wait either, whatever it has become since it was looked at.
    if not stat.S_ISREG(os.stat(place).st_mode):  # noqa: PTH116 - bytes paths
        raise OSError("no regular file")
    descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("no regular file")
    return os.fdopen(descriptor, "rb")


def read_most(file: BinaryIO, most: int) -> bytes:
    """Return so many bytes of a file, or all that are left.

    `file.read(most)` makes room for all of them first, which takes longer than reading a file of usual size.
    """
    room, data = os.fstat(file.fileno()).st_size + 1, b""
    while len(data) < most and (more := file.read(min(room, most - len(data)))):
        data += more
    return data


def identify(data: bytes, like: str) -> str:
    """Return the object id of contents, in the hash that the repository of `like` uses."""
    return blob_id(data, like)
