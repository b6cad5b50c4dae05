"""Where a finding is, as readers count: lines and columns of characters, or of UTF-16 code units, both 1-based."""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct

from consolidate.gate.finding import Finding
from consolidate.snapshots import open_regular, read_most
from planner.hazards import LARGEST
from planner.model import encode
from planner.source import Source, SourceError, read_source

_WORD = re.compile(r"[\w.]+")


class Place(Struct, frozen=True):
    """The columns at which a finding begins, and behind its end, on the finding's line."""

    character: int
    utf16: int
    utf16_end: int


class Places:
    """The places of findings in the files below `root`. The last file is kept, so ask in the order of files."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root)
        self._path = ""
        self._source: Source | None = None

    def data(self, path: str) -> bytes | None:
        """Return the contents of a file, None where it cannot be read."""
        try:
            with open_regular(os.path.join(self._root, encode(path))) as file:  # noqa: PTH118 - bytes paths
                return read_most(file, LARGEST + 1)
        except OSError:
            return None

    def of(self, finding: Finding) -> Place:
        """Return where a finding begins and ends; in a file that cannot be read, or decoded, bytes count as characters.

        It ends with the text that it names, where that stands there, else with the dotted name.
        """
        source = self._source_of(finding.path)
        if source is None or not 1 <= finding.line <= len(source.starts):
            column = finding.column + 1
            return Place(column, column, column + 1)
        start = source.starts[finding.line - 1]
        end = source.line_bounds(start)[1]
        before = source.data[start : start + finding.column].decode(source.encoding, "replace")
        rest = source.data[start + finding.column : end].decode(source.encoding, "replace")
        word = _WORD.match(rest)
        text = finding.text if finding.text and rest.startswith(finding.text) else word.group() if word else rest[:1]
        first = _units(before) + 1
        return Place(len(before) + 1, first, first + max(_units(text), 1))

    def _source_of(self, path: str) -> Source | None:
        if path != self._path:
            self._path, self._source = path, None
            if (data := self.data(path)) is not None:
                self._source = _read(data)
        return self._source


def _read(data: bytes) -> Source | None:
    try:
        return read_source(data)
    except SourceError:
        return None


def _units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
