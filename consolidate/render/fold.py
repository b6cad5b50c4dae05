"""Text in lines of a given width: broken between words, and a dotted name or a path where its parts meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidate.render.look import columns

_NAME = re.compile(r"[^.:,]*[.:,]+|[^.:,]+")
_PATH = re.compile(r"[^/]*/+|[^/]+")


def fold(text: str, width: int, first: str = "", rest: str = "", *, names: bool = True) -> list[str]:
    """Return the printable text as lines of at most `width` columns, [] for none; blanks between words become one.

    `first` stands before the first line, `rest` before the others. Unless `names`, a word that is wider than a line
    stays whole, for what is to be copied.
    """
    lines: list[str] = []
    line, glue = first, ""
    for word in text.split():
        for index, part in enumerate(_parts(word, width - columns(rest), names=names)):
            before = glue if not index else ""
            if columns(line) + len(before) + columns(part) > width and line not in (first, rest):
                lines.append(line)
                line, before = rest, ""
            line += before + part
        glue = " "
    return [*lines, line] if line != first else lines


def hanging(place: str, text: str, width: int, indent: str = "", gap: str = "  ") -> list[str]:
    """Return a place in a file and what stands there: in one line if that is wide enough, else the text below it."""
    line = f"{indent}{place}{gap}{text}"
    if columns(line) <= width:
        return [line]
    deeper = f"{indent}    "
    return [indent + place, *fold(text, width, deeper, deeper)]


def _parts(word: str, width: int, *, names: bool) -> Sequence[str]:
    """Return what a word may be broken into: itself where it fits a line."""
    if not names or columns(word) <= width:
        return [word]
    parts = (_PATH if "/" in word else _NAME).findall(word)
    return [piece for part in parts for piece in _pieces(part, width)]


def _pieces(part: str, width: int) -> Iterator[str]:
    """Yield a part of a word in pieces that fit a line."""
    piece = ""
    for char in part:
        if piece and columns(piece + char) > max(width, 2):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
