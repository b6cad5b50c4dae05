"""What stands on a terminal's screen, as text: its lines, how they are styled, and which of them it had to wrap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyte
from pyte.screens import Char
from wcwidth import wcswidth, wcwidth

COLUMNS = 80


class Emulated(pyte.Screen):
    """pyte's screen, which also says which lines it had to wrap, whether it scrolled, and what is dim."""

    def __init__(self, rows: int) -> None:
        super().__init__(COLUMNS, rows)
        self.wrapped: list[str] = []
        self.scrolled = 0

    def draw(self, data: str) -> None:
        for char in data:
            if self.cursor.x == self.columns and wcwidth(char) > 0:
                self.wrapped.append(_line(self, self.cursor.y).text)
            super().draw(char)

    def index(self) -> None:
        self.scrolled += self.cursor.y == self.lines - 1
        super().index()

    def select_graphic_rendition(self, *attrs: int, **more: bool) -> None:
        # pyte knows no dim. Italics, which this program never sends, stand for it.
        assert 3 not in attrs
        super().select_graphic_rendition(*(3 if code == 2 else code for code in attrs), **more)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without trailing blanks; `styles` are runs of columns, counted from 1, and how they look."""

    text: str
    styles: tuple[tuple[int, int, str], ...] = ()

    def __str__(self) -> str:
        """Return the text, and right of the screen its styles."""
        told = "; ".join(
            f"{first}-{last} {style}" if last > first else f"{first} {style}" for first, last, style in self.styles
        )
        return f"{self.text}{' ' * (COLUMNS - max(wcswidth(self.text), 0))} | {told}" if told else self.text


@dataclass(frozen=True, slots=True)
class Screen:
    """The lines down to the last that is not empty, those that were too long, and the exit code (None: still runs)."""

    lines: tuple[Line, ...]
    wrapped: tuple[str, ...] = ()
    scrolled: int = 0
    code: int | None = None

    @property
    def text(self) -> str:
        return "".join(f"{line.text}\n" for line in self.lines)

    @property
    def styles(self) -> set[str]:
        return {word for line in self.lines for _, _, style in line.styles for word in style.split()}

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


def seen(screen: Emulated, code: int | None = None) -> Screen:
    """Return what stands on an emulated screen."""
    lines = [_line(screen, y) for y in range(max(screen.buffer, default=-1) + 1)]
    while lines and not lines[-1].text:
        lines.pop()
    return Screen(tuple(lines), tuple(screen.wrapped), screen.scrolled, code)


def _line(screen: Emulated, y: int) -> Line:
    if y not in screen.buffer:  # to ask for a row makes it
        return Line("")
    row = screen.buffer[y]
    cells = [row[x] for x in range(screen.columns)]
    text = "".join(cell.data for cell in cells).rstrip()
    return Line(text, tuple(_runs(cells[: wcswidth(text)])))


def _runs(cells: list[Char]) -> Iterator[tuple[int, int, str]]:
    column = 1
    for style, run in groupby(cells, _style):
        width = len(list(run))
        if style:
            yield column, column + width - 1, style
        column += width


def _style(cell: Char) -> str:
    marks = [("bold", cell.bold), ("dim", cell.italics), ("underscore", cell.underscore), ("reverse", cell.reverse)]
    # pyte calls colour 33, which is brown on a VGA, "brown".
    colours = [] if cell.fg == "default" else [cell.fg.replace("brown", "yellow")]
    colours += [] if cell.bg == "default" else [f"on-{cell.bg}"]
    return " ".join([*(name for name, on in marks if on), *colours])


_ID = re.compile(r"\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b")
_SPAN = re.compile(r"\b\d+(?:\.\d+)? (ms|s|min)\b")


def steady(text: str) -> str:
    """Return the text without what another version of the program changes: object ids and digests, and durations.

    Ids are numbered as they come, so that two places that name one commit still do; their length stays.
    """
    known: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        name = known.setdefault(found[0][:12], f"id{len(known) + 1:-<10}")
        return name.ljust(len(found[0]), "-")

    return _SPAN.sub(r"N \1", _ID.sub(named, text))
