"""What a survey asks of whoever parses files for it, in this process or in others, now or in an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from planner.facts import FileFacts, Interest
from planner.graph import Loadings
from planner.marks import Marks
from planner.mentions import Mentions
from planner.named import Named


class Scans(Protocol):
    """Parses files. A file that cannot be read as Python has a reason (str) instead of facts."""

    def many(self, interest: Interest, contents: Mapping[str, bytes]) -> Mapping[str, FileFacts | str]:
        """Return the facts of files, by path."""

    def shallow(self, path: str, data: bytes, *, deep: bool) -> FileFacts | str:
        """Return what a file offers: its facts without those of functions and classes, if `deep` with definitions."""

    def loadings(self, contents: Mapping[str, bytes]) -> Mapping[str, Loadings]:
        """Return the import statements of files that run when these are imported, by path."""

    def marks(self, mentions: Mentions, contents: Mapping[str, bytes]) -> Mapping[str, Marks]:
        """Return the mentions in the text of files, by path."""

    def named(self, contents: Mapping[str, bytes]) -> Mapping[str, Named]:
        """Return what the import statements of files name, by path in their order."""
