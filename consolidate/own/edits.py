"""From new contents to edits: by whole lines, so that a diff stays readable; and edits upon edits as edits of the first
contents.
"""  # noqa: D205 (one sentence that does not fit one line)

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import accumulate

from msgspec import Struct

from planner.model import Edit, apply_edits, decode, encode

_COMPARED = 4_000_000  # old lines times new lines, above which what differs is replaced as a whole


def line_edits(old: bytes, new: bytes, codemod: str) -> tuple[Edit, ...]:
    """Return the edits by which the lines of `old` become those of `new`."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    top = 0
    while top < min(len(before), len(after)) and before[top] == after[top]:
        top += 1
    bottom = 0
    while bottom < min(len(before), len(after)) - top and before[-1 - bottom] == after[-1 - bottom]:
        bottom += 1
    starts = [0, *accumulate(map(len, before))]
    return tuple(
        Edit(
            starts[top + i1],
            starts[top + i2],
            decode(b"".join(before[top + i1 : top + i2])),
            decode(b"".join(after[top + j1 : top + j2])),
            codemod,
            top + i1 + 1,
        )
        for tag, i1, i2, j1, j2 in _opcodes(before[top : len(before) - bottom], after[top : len(after) - bottom])
        if tag != "equal"
    )


def _opcodes(old: list[bytes], new: list[bytes]) -> list[tuple[str, int, int, int, int]]:
    if not old and not new:
        return []
    if len(old) * len(new) > _COMPARED:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


class _Place(Struct, frozen=True):
    """An edit and its place in the contents between: what the first edits made and the second ones start from."""

    start: int
    end: int
    edit: Edit
    second: bool


def compose(data: bytes, first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the edits that make of `data` what `first`, and on its result `second`, make of it.

    A first edit that a second one touches is merged with it, as an edit of the second one's codemod.
    """
    between = apply_edits(data, first)
    places = [_Place(edit.start, edit.end, edit, True) for edit in second]
    shift = 0
    for edit in sorted(first):
        length = len(encode(edit.new))
        places.append(_Place(edit.start + shift, edit.start + shift + length, edit, False))
        shift += length - (edit.end - edit.start)
    found: list[Edit] = []
    shift = 0
    for group in _groups(sorted(places, key=lambda place: (place.start, place.end, place.second))):
        start, end = group[0].start, max(place.end for place in group)
        growth = sum((p.end - p.start) - (p.edit.end - p.edit.start) for p in group if not p.second)
        made = [place.edit for place in group if place.second]
        if made:
            text = apply_edits(
                between[start:end],
                tuple(Edit(e.start - start, e.end - start, e.old, e.new, e.codemod) for e in made),
            )
            old = data[start - shift : end - shift - growth]
            line = data.count(b"\n", 0, start - shift) + 1
            if old != text:
                at = (start - shift, end - shift - growth)
                found.append(Edit(*at, decode(old), decode(text), made[-1].codemod, line))
        else:
            found += (place.edit for place in group)
        shift += growth
    return tuple(found)


def _groups(places: list[_Place]) -> list[list[_Place]]:
    """Return the places in order, those together that a second edit joins."""
    groups: list[list[_Place]] = []
    for place in places:
        end = max((other.end for other in groups[-1]), default=-1) if groups else -1
        joins = groups and place.start <= end and (place.second or any(other.second for other in groups[-1]))
        if joins:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
