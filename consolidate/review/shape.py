"""The shape of an edit: what it does, whatever the names. 347 edits are six shapes.

Two edits have one shape if they come from one codemod, rewrite one form of reference, and their texts are the same once
this is left out of account:

- names: a dotted name stands as <same> if it occurs on both sides, as <old> if only before, as <new> if only after;
  Python's keywords stand as they are, and so do the leading dots of a relative import;
- how many names there are in a row: `a, b, c` of names of one kind is <same...>;
- spelling: blanks, comments, the kind of quotes, the parentheses and the last comma of an import statement, the value
  of a number. Statements on lines of their own are divided by `;`.

Where a side has more than 120 pieces, the shape is its size alone: such edits of one codemod and form are one shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from keyword import kwlist

from msgspec import Struct

SAME, OLD, NEW = "<same>", "<old>", "<new>"
LARGE = "(a large text)"
_MOST = 120  # pieces
_KEYWORDS = frozenset(kwlist)
_TOKEN = re.compile(r"(#[^\n]*)|(\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*)|(\d[\w.]*)|(\n)|(\\\r?\n|\s+)|(.)", re.DOTALL)
_OPEN, _CLOSE = "([{", ")]}"


class Shape(Struct, frozen=True, order=True):
    """What edits have in common: the codemod, the form of reference ("" where unknown), both sides as patterns."""

    codemod: str
    form: str
    before: str
    after: str

    @property
    def id(self) -> str:
        """What names the shape in a link: the same for the same shape in any plan."""
        text = "\0".join((self.codemod, self.form, self.before, self.after))
        return f"s{sha256(text.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"


def shape_of(codemod: str, form: str, old: str, new: str) -> Shape:
    """Return the shape of the replacement of a text by another."""
    return Shape(codemod, form, *_patterns(old, new))


@lru_cache(maxsize=4096)
def _patterns(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) > 40 * _MOST:
        return (LARGE if old else ""), (LARGE if new else "")
    before, after = _pieces(old), _pieces(new)
    if max(len(before), len(after)) > _MOST:
        return (LARGE if before else ""), (LARGE if after else "")
    shared = _names(before) & _names(after)
    return _pattern(before, shared, OLD), _pattern(after, shared, NEW)


def _pieces(text: str) -> list[str]:
    """Return the tokens that count: no blanks, no comments, line ends outside of brackets as `;`."""
    pieces: list[str] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        comment, name, number, newline, blank, char = match.groups()
        if comment or blank:
            continue
        if newline:
            if depth == 0 and pieces and pieces[-1] != ";":
                pieces.append(";")
        elif number:
            pieces.append("0")
        elif name:
            pieces.append(name)
        else:
            depth = max(depth + (char in _OPEN) - (char in _CLOSE), 0)
            pieces.append('"' if char == "'" else char)
    while pieces and pieces[-1] == ";":
        pieces.pop()
    return _without_layout(pieces)


def _without_layout(pieces: list[str]) -> list[str]:
    """Return the tokens without the parentheses and the last comma of import statements."""
    result: list[str] = []
    importing = opened = False
    for piece in pieces:
        if piece == ";":
            importing = False
        elif piece == "import":
            importing = True
        if importing and piece == "(" and result[-1:] == ["import"]:
            opened = True
        elif opened and piece == ")":
            opened = False
            if result[-1:] == [","]:
                result.pop()
        else:
            result.append(piece)
    return result


def _names(pieces: Sequence[str]) -> set[str]:
    return {piece for piece in pieces if _is_name(piece)}


def _is_name(piece: str) -> bool:
    return piece not in _KEYWORDS and piece.lstrip(".")[:1].isidentifier()


def _pattern(pieces: Sequence[str], shared: set[str], alone: str) -> str:
    shown: list[str] = []
    for piece in pieces:
        if not _is_name(piece):
            shown.append(piece)
            continue
        kind = SAME if piece in shared else alone
        dots = "." * (len(piece) - len(piece.lstrip(".")))
        several = f"{kind[:-1]}...>"
        if not dots and len(shown) > 1 and shown[-1] == "," and shown[-2] in (kind, several):
            shown[-2:] = [several]
        else:
            shown.append(dots + kind)
    return _spaced(shown)


def _spaced(pieces: Sequence[str]) -> str:
    """Return the pieces as a line of code, with blanks where one would write them."""
    text = " ".join(pieces)
    text = re.sub(r" ([,;:)\]}(\[])", r"\1", text)
    text = re.sub(r"([)\]\"]) (?=\.)", r"\1", text)
    text = re.sub(r"([(\[{@]) ", r"\1", text)
    return re.sub(r"\b(import|from|in|is|not|and|or|return|await|lambda)\(", r"\1 (", text)
