"""Code blocks of Markdown and reStructuredText: the Python in them, with the place of every character in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from planner.comments import comments, covered
from planner.embedded import Embedded, Piece, parses
from planner.model import decode, encode
from planner.words import Whole

MARKUP = (".md", ".rst")

_PYTHON = frozenset({"python", "py", "python3", "py3", "pycon", "ipython", "ipython3", "doctest", "testcode"})
_RUN = re.compile(r"`{3,}|~{3,}")
_END = re.compile(r"\r\n|\r|\n|\Z")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\.[ \t]+(?:(?:code-block|code|sourcecode)::[ \t]*(?P<language>[\w+-]*)"
    r"|(?P<own>doctest|testcode)::[^\r\n]*)[ \t]*\r?\n?$"
)
_PROMPT = re.compile(r"(?P<indent>[ \t]*)(?:>>>|\.\.\.)(?: |(?=\r?\n?$))")


class _Line(Struct, frozen=True):
    """One line of the document: where it starts (in characters), and its text with the line end."""

    start: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def read_blocks(path: str, data: bytes, wanted: Whole | None = None, readable: str = "") -> Embedded | None:
    """Return the Python of a document's code blocks as one module, None where it has none.

    With `wanted` also where none of the blocks holds one of these names: most documents have code, few any of interest.
    `readable` is what `readable_blocks` told of the document's blocks earlier.
    """
    text = decode(data)
    if path.endswith(".rst"):
        blocks = list(_directives(_lines(text, 0, len(text))))
    else:
        spans = list(_fences(text))
        if wanted is not None and not any(wanted.search(encode(text[start:end])) for start, end in spans):
            return None
        blocks = [_lines(text, start, end) for start, end in spans]
    hidden = comments(path, text) if blocks else ()
    offsets = _Offsets(text)
    shown = [block for block in blocks if block and not covered(hidden, block[0].start)]
    known: Sequence[str] = readable if len(readable) == len(shown) else [""] * len(shown)
    pieces = [_piece(block, offsets, flag) for block, flag in zip(shown, known, strict=True)]
    if not pieces:
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    return Embedded(path, data, tuple(pieces), newline)


def readable_blocks(found: Embedded) -> str:
    """Return a letter for each block of a document: `y` where it is Python by itself, else `n`."""
    return "".join("y" if piece.readable else "n" for piece in found.pieces)


def _lines(text: str, start: int, end: int) -> list[_Line]:
    return [_Line(match.start(), match.group()) for match in _LINE.finditer(text, start, end)]


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of characters of each fenced block of Python (CommonMark, "Fenced code blocks")."""
    runs = ((match.group(), *_line_around(text, match)) for match in _RUN.finditer(text))
    fences = [(run, start, end, rest) for run, start, end, rest, before in runs if not before.strip(" \t")]
    number = 0
    while number < len(fences):
        run, _, opened, info = fences[number]
        number += 1
        if run[0] == "`" and "`" in info:
            continue
        while number < len(fences):
            other, _, _, rest = fences[number]
            if other[0] == run[0] and len(other) >= len(run) and not rest.strip(" \t"):
                break
            number += 1
        closed = fences[number][1] if number < len(fences) else len(text)
        number += 1
        if _language(info.lstrip(" \t")) in _PYTHON:
            yield opened, closed


def _line_around(text: str, match: re.Match[str]) -> tuple[int, int, str, str]:
    """Return where the line of a match starts and the next one, what follows the match there, and what precedes it."""
    start = text.rfind("\n", 0, match.start()) + 1
    start = max(start, text.rfind("\r", start, match.start()) + 1)
    found = _END.search(text, match.end())
    last, following = found.span() if found is not None else (len(text), len(text))
    return start, following, text[match.end() : last], text[start : match.start()]


def _language(info: str) -> str:
    """Return the language of an info string: `python title="x"`, `{python}`, `{.python}`, `{code-block} python`."""
    words = re.findall(r"[\w+-]+", info.lower())
    if len(words) > 1 and re.match(r"\{(?:code-block|code|sourcecode|code-cell)\}", info):
        words = words[2:] if words[0] == "code" and words[1] in ("block", "cell") else words[1:]
    return words[0] if words else ""


def _directives(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of each code directive of Python, and of each doctest block (docutils, "Doctest Blocks")."""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        directive = _DIRECTIVE.match(line.text)
        if directive is not None:
            block: list[_Line] = []
            while number < len(lines) and (lines[number].blank or lines[number].indent > line.indent):
                block.append(lines[number])
                number += 1
            if (directive["own"] or directive["language"].lower()) in _PYTHON:
                yield _without_options(block)
        elif line.text.lstrip(" \t").startswith(">>>"):
            block = [line]
            while number < len(lines) and not lines[number].blank:
                block.append(lines[number])
                number += 1
            yield block


def _without_options(block: list[_Line]) -> list[_Line]:
    number = 0
    while number < len(block) and re.match(r"[ \t]+:[\w-]+:", block[number].text):
        number += 1
    return block[number:]


class _Offsets:
    """Where lines and their characters stand in the file, in bytes; they are asked for in the text's order."""

    def __init__(self, text: str) -> None:
        self._text, self._plain = text, text.isascii()
        self._known = (0, 0)

    def of(self, line: _Line) -> Sequence[int]:
        """Return the offset of each character of a line, and of its end."""
        if self._plain:
            return range(line.start, line.start + len(line.text) + 1)
        place, offset = self._known if self._known[0] <= line.start else (0, 0)
        start = offset + len(encode(self._text[place : line.start]))
        self._known = (line.start, start)
        if line.text.isascii():
            return range(start, start + len(line.text) + 1)
        return list(accumulate((len(encode(character)) for character in line.text), initial=start))


def _piece(block: Sequence[_Line], offsets: _Offsets, readable: str) -> Piece:
    """Return the piece of a block; `readable` is its letter (`readable_blocks`), "" where it is not known."""
    filled = [line for line in block if not line.blank]
    if filled and filled[0].text.lstrip(" \t").startswith(">>>"):
        cut = [(line, match.end()) for line in block if (match := _PROMPT.match(line.text)) is not None]
        return _cut(cut, offsets, None, readable)
    margin = min((line.indent for line in filled), default=0)
    indents = {line.text[:margin] for line in filled}
    cut = [(line, len(line.text) - len(line.text.lstrip(" \t")) if line.blank else margin) for line in block]
    between = indents.pop().encode() if len(indents) == 1 else None
    return _cut(cut, offsets, between, readable)


def _cut(lines: Sequence[tuple[_Line, int]], offsets: _Offsets, between: bytes | None, readable: str) -> Piece:
    """Return a piece of the lines, each without its first characters."""
    text = "".join(line.text[margin:] for line, margin in lines)
    is_python = readable == "y" if readable else parses(text)
    if text.isascii() and not any(margin for _, margin in lines) and _adjoin([line for line, _ in lines]):
        place = offsets.of(lines[0][0])[0] if lines else 0
        whole = range(place, place + len(text))
        return Piece(text, whole, range(place + 1, place + 1 + len(text)), readable=is_python, between=between)
    starts: list[int] = []
    ends: list[int] = []
    for line, margin in lines:
        offsets_of = offsets.of(line)
        starts += offsets_of[margin:-1]
        ends += offsets_of[margin + 1 :]
    return Piece(text, starts, ends, readable=is_python, between=between)


def _adjoin(lines: Sequence[_Line]) -> bool:
    """Tell whether each line starts where the one before ends."""
    return all(line.start + len(line.text) == following.start for line, following in pairwise(lines))
