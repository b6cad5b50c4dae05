"""Python inside of another file: the cells of a notebook, the code blocks of a document, as one module in memory.

The module's lines stand where they stand in the file, as far as the file has them on lines of their own, so that a line
that is told to a reader opens at the right place. Every character knows the bytes that it is written with in the file.
"""

from __future__ import annotations

import ast
import bisect
import re
import warnings
from collections.abc import Iterable, Sequence
from itertools import compress

from msgspec import Struct, field

_LINE = re.compile(r"\r\n|\r|\n")
_FIRST_LINE = 3
"""A coding cookie (PEP 263) counts in the first two lines; in what is embedded none counts."""


class Piece(Struct, frozen=True):
    """One cell or block: its text, and for each character the span of bytes that stands for it in the file.

    Where `starts` is a range, each character is written with one byte, and no byte of the file stands between them.
    `masked` are the lines (0-based) that are no Python; `readable` is False where all of it is none. `between` are the
    bytes to write behind a line end of new text (indentation, the border of two strings), None where none may be
    written. `escaped` tells that the text is the inside of JSON strings, `elsewhere` that it runs in a process of its
    own, where no name of this module is known.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    masked: frozenset[int] = frozenset()
    readable: bool = True
    between: bytes | None = b""
    escaped: bool = False
    elsewhere: bool = False


class Embedded(Struct):
    """The module of one file. `starts` and `ends` are -1 for the characters that only the module has."""

    path: str
    data: bytes
    pieces: tuple[Piece, ...]
    newline: str = "\n"
    text: str = ""
    code: bytes = b""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    _owners: list[tuple[int, int]] = field(default_factory=list)
    """Where the run of characters ends that come from a piece, and the piece's index; run by run."""
    opaque: list[tuple[int, int, int, str]] = field(default_factory=list)
    """What is no Python, as (first byte, last byte, line of the file, what uses names of the module)."""
    _lines: list[int] = field(default_factory=list)
    _places: tuple[list[int], list[int]] | None = None
    _line_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = [0, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", self.data))]
        parts: list[str] = []
        line = 1
        for number, piece in enumerate(self.pieces):
            if not piece.readable:
                self._hide(piece, 0, len(piece.text))
                continue
            if isinstance(piece.starts, range) and piece.text and not piece.masked:
                line += self._whole(parts, piece, number, line)
                continue
            for index, (start, end) in enumerate(_lines_of(piece.text)):
                wanted = max(self.place(piece.starts[start])[0] if start < end else 0, _FIRST_LINE)
                while line < wanted:
                    line += self._add(parts, self.newline, number)
                if index in piece.masked:
                    continued = _continues(piece.text[:start]) and index - 1 in piece.masked
                    self._add(parts, neutral(piece.text[start:end], continued=continued) + self.newline, number)
                    self._hide(piece, start, end)
                else:
                    self._copy(parts, piece, start, end, number)
                    if not _LINE.search(piece.text[start:end][-1:]):
                        self._add(parts, self.newline, number)
                line += 1
        self.text = "".join(parts)
        self.code = self.text.encode()
        self._line_starts = [0, *(match.end() for match in _LINE.finditer(self.text))]

    def _whole(self, parts: list[str], piece: Piece, owner: int, line: int) -> int:
        """Add a piece whose lines follow each other in the file as they do in it; return the number of lines added."""
        wanted = max(self.place(piece.starts[0])[0], _FIRST_LINE)
        added = sum(self._add(parts, self.newline, owner) for _ in range(line, wanted))
        self._copy(parts, piece, 0, len(piece.text), owner)
        if not _LINE.search(piece.text[-1:]):
            self._add(parts, self.newline, owner)
        return added + sum(1 for _ in _lines_of(piece.text))

    @property
    def _real(self) -> tuple[list[int], list[int]]:
        """The characters that stand in the file: where each starts, in bytes, and its index."""
        if self._places is None:
            real = [start >= 0 for start in self.starts]
            self._places = list(compress(self.starts, real)), list(compress(range(len(real)), real))
        return self._places

    def owner(self, index: int) -> int:
        """Return the index of the piece that a character comes from; behind the last one, that of the last one."""
        run = bisect.bisect_right(self._owners, index, key=lambda run: run[0])
        return self._owners[min(run, len(self._owners) - 1)][1]

    def _add(self, parts: list[str], text: str, owner: int) -> int:
        parts.append(text)
        self.starts += [-1] * len(text)
        self.ends += [-1] * len(text)
        self._owners.append((len(self.starts), owner))
        return 1

    def _copy(self, parts: list[str], piece: Piece, start: int, end: int, owner: int) -> None:
        parts.append(piece.text[start:end])
        self.starts += piece.starts[start:end]
        self.ends += piece.ends[start:end]
        self._owners.append((len(self.starts), owner))

    def _hide(self, piece: Piece, start: int, end: int) -> None:
        if start < end:
            first = piece.starts[start]
            text = "" if piece.elsewhere else piece.text[start:end]
            filled = next((index for index in range(start, end) if not piece.text[index].isspace()), start)
            line, _ = self.place(piece.starts[filled])
            self.opaque.append((first, piece.ends[end - 1], line, text))

    # ---- from the module to the file --------------------------------------------------------------------------------

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line (1-based) and column of a byte of the file."""
        line = bisect.bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1]

    def index(self, offset: int) -> int:
        """Return the character of the module at a byte offset of its code."""
        return offset if len(self.code) == len(self.text) else len(self.code[:offset].decode())

    def position(self, line: int, column: int) -> tuple[int, int]:
        """Return line and column in the file of a line and column (in bytes) of the module."""
        start = self._line_starts[min(line, len(self._line_starts)) - 1]
        following = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        content = self.text[start:following]
        index = start + (column if content.isascii() else len(content.encode()[:column].decode(errors="ignore")))
        while index < len(self.starts) and self.starts[index] < 0:
            index += 1
        if index >= len(self.starts):
            return self.place(self._real[0][-1]) if self._real[0] else (1, 0)
        return self.place(self.starts[index])

    def told(self, reason: str) -> str:
        """Return a reason whose line of the module is a line of the file."""
        return re.sub(r"\bline (\d+)", lambda match: f"line {self.position(int(match.group(1)), 0)[0]}", reason)

    def module_line(self, offset: int) -> int:
        """Return the line of the module at a byte offset of its code."""
        return bisect.bisect_right(self._line_starts, self.index(offset))

    # ---- from the file to the module --------------------------------------------------------------------------------

    def line_at(self, offset: int) -> int:
        """Return the line of the module that a byte of the file stands in, 0 where it is no part of the module."""
        number = bisect.bisect_right(self._real[0], offset) - 1
        if number < 0:
            return 0
        index = self._real[1][number]
        return bisect.bisect_right(self._line_starts, index) if offset < self.ends[index] else 0


def _lines_of(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _LINE.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _continues(text: str) -> bool:
    return text.rstrip("\r\n").endswith("\\")


def neutral(line: str, *, continued: bool) -> str:
    """Return the Python that stands for a line that is none, without its line end."""
    return "" if continued else line[: len(line) - len(line.lstrip())] + "pass"


def parses(text: str) -> bool:
    """Tell whether a text is Python by itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse("\n\n" + text)
            text.encode()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
