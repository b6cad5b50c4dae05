"""The port through which the planner sees a repository: the files of one commit, or of the work tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol


class File(NamedTuple):
    """A file of the snapshot: its path, git mode (`100644`, `100755`, `120000`, `160000`) and object id."""

    path: str
    mode: str
    blob: str


class Snapshot(Protocol):
    """What the planner asks of a repository."""

    @property
    def files(self) -> tuple[File, ...]:
        """All files, sorted by path."""

    def read(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each path with its contents, None where the object is missing.

        Of a file that is larger than `planner.hazards.LARGEST`, the first LARGEST + 1 bytes are enough.
        """

    def known(self, paths: Sequence[str]) -> Mapping[str, str]:
        """Return the object ids of the contents of paths, as far as they are known and there without being read."""

    def containing(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> frozenset[str]:
        """Return the paths of the files that contain at least one of the needles as bytes.

        With `kinds`, of those files only whose paths end with one of these.
        """

    def seek(self, needles: Sequence[str], kinds: tuple[str, ...] = ()) -> Callable[[], frozenset[str]]:
        """Begin what `containing` does, and return what waits for it."""
