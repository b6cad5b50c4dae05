"""The contents of files: told apart by their object ids, and read when somebody wants the bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence

from planner.model import blob_id
from planner.snapshot import Snapshot


class Blob:
    """The contents of one file. Two with the same `id` have the same bytes."""

    __slots__ = ("_data", "_id", "_make", "_place")

    def __init__(self, data: bytes) -> None:
        self._data: bytes | None = data
        self._id = ""
        self._place: tuple[Snapshot, str] | None = None
        self._make: Callable[[], bytes] | None = None

    @classmethod
    def unread(cls, name: str, snapshot: Snapshot, path: str) -> Blob:
        """Return the contents of a path, of which nothing but the object id (`name`) is known so far."""
        found = cls.__new__(cls)
        found._data, found._id, found._place, found._make = None, name, (snapshot, path), None
        return found

    @classmethod
    def made(cls, name: str, make: Callable[[], bytes]) -> Blob:
        """Return contents with an object id (`name`) that `make` gives when they are wanted."""
        found = cls.__new__(cls)
        found._data, found._id, found._place, found._make = None, name, None, make
        return found

    @property
    def id(self) -> str:
        """Git's object id of the contents."""
        if not self._id:
            self._id = blob_id(self.data)
        return self._id

    @property
    def data(self) -> bytes:
        """The bytes. Raises LookupError where they can't be had any more."""
        if self._data is None:
            read([self])
        if self._data is None and self._make is not None:
            self._data = self._make()
        if self._data is None:
            raise LookupError(f"the contents of the blob {self._id} are gone")
        return self._data

    def forget(self) -> None:
        """Let go of the bytes, if they can be read again."""
        if self._place is not None or self._make is not None:
            self._data = None


class Contents(MutableMapping[str, bytes]):
    """The contents of some of a snapshot's files, by path."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._blobs: dict[str, Blob] = {}

    @classmethod
    def of(cls, snapshot: Snapshot, paths: Sequence[str]) -> Contents:
        """Return the contents of those of the paths that there are; unread, where their ids are known."""
        found = cls(snapshot)
        known = snapshot.known(paths)
        found._blobs = {path: Blob.unread(name, snapshot, path) for path, name in known.items()}
        for path, data in snapshot.read([path for path in paths if path not in known]):
            if data is not None:
                found[path] = data
        return found

    @property
    def blobs(self) -> Mapping[str, Blob]:
        """The contents by path, read or not."""
        return self._blobs

    def take(self, blobs: Mapping[str, Blob]) -> None:
        """Take contents in, read or not."""
        self._blobs.update(blobs)

    def __getitem__(self, path: str) -> bytes:
        return self._blobs[path].data

    def __setitem__(self, path: str, data: bytes) -> None:
        self._blobs[path] = Blob(data)

    def __delitem__(self, path: str) -> None:
        del self._blobs[path]

    def __contains__(self, path: object) -> bool:
        return path in self._blobs

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)


def read(blobs: Iterable[Blob]) -> None:
    """Read those of the blobs that nobody has read yet, as many at once as there are."""
    unread: dict[int, tuple[Snapshot, dict[str, Blob]]] = {}
    for blob in blobs:
        if blob._data is None and blob._place is not None:
            snapshot, path = blob._place
            unread.setdefault(id(snapshot), (snapshot, {}))[1][path] = blob
    for snapshot, found in unread.values():
        for path, data in snapshot.read(list(found)):
            found[path]._data = data
