"""What a survey asks of whoever parses files for it, in this process or in others, now or in an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

from planner.contents import Blob
from planner.facts import FileFacts, Interest
from planner.graph import Loadings
from planner.keep import Kept
from planner.marks import Marks
from planner.mentions import Mentions
from planner.named import Named


class Question(Struct, frozen=True):
    """Something that the bytes of a file alone answer, shortly; two with one `name` answer the same."""

    name: str
    answer: Callable[[bytes], str]


class Scans(Protocol):
    """Parses files. A file that cannot be read as Python has a reason (str) instead of facts."""

    def ask(self, question: Question, blobs: Mapping[str, Blob]) -> Mapping[str, str]:
        """Return the answer of each of the contents, by path."""

    def begin_asking(self, question: Question, blobs: Mapping[str, Blob]) -> Callable[[], Mapping[str, str]]:
        """Begin to answer a question that takes its time, and which must pickle; return what waits for the answers."""

    def many(self, interest: Interest, blobs: Mapping[str, Blob]) -> Mapping[str, FileFacts | str]:
        """Return the facts of files, by path."""

    def begin(self, interest: Interest, blobs: Mapping[str, Blob]) -> Callable[[], Mapping[str, FileFacts | str]]:
        """Begin what `many` does, and return what waits for it."""

    def shallow(self, path: str, blob: Blob, *, deep: bool) -> FileFacts | str:
        """Return what a file offers: its facts without those of functions and classes, if `deep` with definitions."""

    def loadings(self, blobs: Mapping[str, Blob]) -> Mapping[str, Loadings]:
        """Return the import statements of files that run when these are imported, by path."""

    def keep(self, blob: Blob, wanted: frozenset[str], gone: frozenset[str], reserved: frozenset[str]) -> Kept | str:
        """Return what `planner.keep.keep` does."""

    def marks(self, mentions: Mentions, blobs: Mapping[str, Blob]) -> Callable[[], Mapping[str, Marks]]:
        """Begin to find the mentions in the text of files; return what waits for them, and gives them by path."""

    def named(self, blobs: Mapping[str, Blob]) -> Mapping[str, Named]:
        """Return what the import statements of files name, by path in their order."""
