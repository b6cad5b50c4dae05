"""Where names stand in a file's text, or may stand: what is read off the text alone must miss none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

# What may hide a name: an escape in a string, or a line that goes on in the next one;
_ESCAPE: Final = re.compile(r"\\(?:[xuUN0-7]|\n)")
# two strings that are one, of which each has a part of the name (Language Reference 2.4.2);
_JOINED: Final = re.compile(r"[\"'](?<=\w.)(?:\s|\\\n|#[^\n]*\n)*[a-zA-Z]{0,2}[\"']\w")
# an import of names that it does not spell;
_STAR: Final = re.compile(r"\bimport\s*\*")
# and characters that may be another way to write those of a name (PEP 3131: identifiers are compared in NFKC), of which
# some are no letters to `re`: low lines of other forms, combining accents.
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")

_CONTROLS: Final = "abfnrtv"  # escapes whose letter is no part of a name that follows


def lines_with(lines: Sequence[str], names: Iterable[str]) -> set[int]:
    """Return the lines (1-based) that hold one of the names as a whole one, or what may hide a name."""
    text = "\n".join(lines)
    spans = [(place, place + len(name)) for name in names for place in _places(text, name)]
    if "\\" in text:
        spans += (match.span() for match in _ESCAPE.finditer(text))
    for pattern in (_JOINED, _STAR):
        spans += (match.span() for match in pattern.finditer(text))
    if not text.isascii():
        spans += (match.span() for match in _FOREIGN.finditer(text) if _in_names(match.group()))
    found: set[int] = set()
    line = last = 1
    done = 0
    for start, end in sorted(spans):
        line += text.count("\n", done, start)
        done = start
        last = line + text.count("\n", start, end)
        found.update(range(line, last + 1))
    return found


@cache
def _in_names(character: str) -> bool:
    """Tell whether a character can stand in an identifier."""
    return f"a{character}".isidentifier()


def _places(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands as a whole one, be it behind the escape of a line end or its like in a string."""
    place = text.find(name)
    while place >= 0:
        end = place + len(name)
        before = text[place - 1 : place]
        whole = not (before.isalnum() or before == "_") or (before in _CONTROLS and text[place - 2 : place - 1] == "\\")
        if whole and not (text[end : end + 1].isalnum() or text[end : end + 1] == "_"):
            yield place
        place = text.find(name, end)
