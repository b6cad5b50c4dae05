"""Two versions of a file as syntax trees that share the statements whose text is the same in both.

The old version is parsed whole. Its statements at module level, each with the lines down to the next one, are looked
for in the new version's text; only what stands between is parsed. A file is a sequence of statements (Language
Reference 9.2), so what its pieces hold is what it holds.
"""

from __future__ import annotations

import ast
import codecs
import re
import warnings
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from consolidate.proof.allowed import Failure
from consolidate.proof.layout import UNREADABLE, parse

# A file with a declared encoding (PEP 263) is left to those who read it whole.
_COOKIE: Final = re.compile(rb"\A[^\n]*\n?[^\n]*coding[:=]")
_INDENTATION: Final = (" ", "\t")


class Section(Struct, frozen=True, eq=False):
    """Some statements of the old version and those that stand in their place in the new one.

    The very same nodes where the text is the same. Else `lines` are those of the piece of the new version, which its
    statements' line numbers (1-based) count. `shift` is what to add to the line of a `new` node for that in the file.
    """

    old: list[ast.stmt]
    new: list[ast.stmt]
    lines: list[str]
    shift: int


class Spliced(Struct, frozen=True, eq=False):
    """The sections of two versions, in order, and the lines of the old one, without their ends."""

    sections: list[Section]
    lines: list[str]


@lru_cache(maxsize=1)
def spliced(old: bytes, new: bytes) -> Spliced | None:
    """Return two versions of a file as sections, None where they are better read whole; kept for the next question.

    Raises nothing.
    """
    before, after = _text(old), _text(new)
    if before is None or after is None:
        return None
    tree = parse(old)
    if isinstance(tree, Failure) or not tree.body:
        return None
    lines = before.split("\n")
    groups = _groups(tree.body)
    starts = [1, *(first_line(group[0]) for group in groups[1:]), len(lines) + 1]
    pieces = ["\n".join(lines[start - 1 : end - 1]) + "\n" for start, end in pairwise(starts)]
    after = after if after.endswith("\n") else after + "\n"
    pieces[-1] = pieces[-1].rstrip("\n") + "\n"
    sections: list[Section] = []
    place = index = above = 0  # above: the lines before `place`
    while index < len(groups) or place < len(after):
        piece = pieces[index] if index < len(groups) else after
        end = place + len(piece)
        # What is indented below it would belong to it.
        if after.startswith(piece, place) and after[end : end + 1] not in _INDENTATION:
            sections.append(Section(groups[index], groups[index], [], above - starts[index] + 1))
            place, index, above = end, index + 1, above + piece.count("\n")
            continue
        following, end = _resumed(after, place, pieces, index + 1)
        between = after[place:end]
        statements = _statements(between)
        if statements is None:
            return None
        olds = [item for group in groups[index:following] for item in group]
        sections.append(Section(olds, statements, between.split("\n"), above))
        place, index, above = end, following, above + between.count("\n")
    return Spliced(sections, lines)


def first_line(node: ast.stmt) -> int:
    """Return the line that a statement begins in, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(item.lineno for item in decorators)])


def _text(source: bytes) -> str | None:
    """Return the text of a file as the tokenizer sees it, None where another encoding than UTF-8 may be declared."""
    if source.startswith(codecs.BOM_UTF8) or _COOKIE.match(source) or b"\f" in source or b"\0" in source:
        return None
    try:
        text = source.decode()
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _groups(statements: list[ast.stmt]) -> list[list[ast.stmt]]:
    """Return statements by the lines that they stand in: those that share one are kept together."""
    groups: list[list[ast.stmt]] = []
    last = 0
    for item in statements:
        if first_line(item) <= last:
            groups[-1].append(item)
        else:
            groups.append([item])
        last = item.end_lineno or item.lineno
    return groups


def _resumed(text: str, place: int, pieces: list[str], index: int) -> tuple[int, int]:
    """Return the next piece that stands in the text after `place`, and where; the number of pieces and the end if none.

    Any choice is right, as what it leads to is compared; a piece that stands there twice is a bad one.
    """
    for number in range(index, len(pieces)):
        found = text.find(pieces[number], place)
        while found > 0 and text[found - 1] != "\n":
            found = text.find(pieces[number], found + 1)
        if found >= 0:
            return number, found
    return len(pieces), len(text)


def _statements(text: str) -> list[ast.stmt] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text).body
        except UNREADABLE:
            return None
