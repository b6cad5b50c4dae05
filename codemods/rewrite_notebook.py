"""rewrite-notebook: the edits of the Python inside a notebook or a document, carried back into the file.

Only what differs is written: of an edit that repeats what stands there, the common beginning and end are left out, so
that the way in which they are written in the file (escapes, borders of strings) stays as it is.
"""

from __future__ import annotations

import json
import re

from codemods.refusal import CodemodError
from planner.embedded import Embedded
from planner.model import Edit, decode

ID = "rewrite-notebook"


def carry(embedded: Embedded, edits: tuple[Edit, ...], codemod: str = "") -> tuple[Edit, ...]:
    """Return the edits of an embedded module as edits of its file; raises CodemodError where one has no place there."""
    return tuple(sorted(_carry(embedded, edit, codemod) for edit in edits))


def _carry(embedded: Embedded, edit: Edit, codemod: str) -> Edit:
    start, end = embedded.index(edit.start), embedded.index(edit.end)
    old, new = embedded.text[start:end], edit.new
    before = _common(old, new)
    after = _common(old[before:][::-1], new[before:][::-1])
    start, end = start + before, end - after
    new = new[before : len(new) - after]
    span = range(start, end)
    line, _ = embedded.position(edit.line, 0)
    if any(embedded.starts[index] < 0 for index in span) or len({embedded.owner(index) for index in span}) > 1:
        raise CodemodError("the edit reaches beyond its cell or block", line)
    if span:
        first, last = embedded.starts[start], embedded.ends[end - 1]
    else:
        first = last = _insertion(embedded, start, line)
    if old.endswith("\n") and not new:
        first, last = _whole_strings(embedded, embedded.owner(start), first, last)
    written = _written(embedded, embedded.owner(start), new, line)
    place, _ = embedded.place(first)
    return Edit(first, last, decode(embedded.data[first:last]), decode(written), codemod or edit.codemod, place)


def _whole_strings(embedded: Embedded, piece: int, first: int, last: int) -> tuple[int, int]:
    """Return the bytes of lines that go, with the border to the next or the one before: no empty string is left."""
    between, data = embedded.pieces[piece].between, embedded.data
    if between is None or data[first - 1 : first] != between[-1:]:
        return first, last
    if data[last : last + len(between)] == between:
        return first, last + len(between)
    if data[first - len(between) : first] == between:
        return first - len(between), last
    return first, last


def _common(old: str, new: str) -> int:
    length = 0
    while length < min(len(old), len(new)) and old[length] == new[length]:
        length += 1
    return length


def _insertion(embedded: Embedded, index: int, line: int) -> int:
    """Return the byte at which new text goes before a character of the module."""
    if index < len(embedded.starts) and embedded.starts[index] >= 0:
        return embedded.starts[index]
    if index and embedded.starts[index - 1] >= 0 and embedded.text[index - 1] not in "\r\n":
        return embedded.ends[index - 1]
    raise CodemodError("there is no place in the file for what is to be inserted", line)


def _written(embedded: Embedded, piece: int, new: str, line: int) -> bytes:
    """Return new text as the file writes it."""
    between, escaped = embedded.pieces[piece].between, embedded.pieces[piece].escaped
    lines = re.split(r"(?<=\n)", new)
    if len(lines) > 1 and between is None:
        raise CodemodError("the new text has several lines, for which there is no prompt", line)
    ascii_only = embedded.data.isascii()
    encoded = [json.dumps(part, ensure_ascii=ascii_only)[1:-1] if escaped else part for part in lines]
    return (between or b"").join(part.encode() for part in encoded)
