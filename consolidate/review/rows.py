"""The lines around an edit, side by side: what stands there before and after, with the words that differ marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from consolidate.render.diff import Block, FileDiff, blocks
from consolidate.render.look import escape
from planner.model import decode

CONTEXT = 3  # lines
MOST = 160  # lines of one hunk that are shown
_WIDEST = 1000  # characters of one line that are shown
_COMPARED = 400  # words of one line, above which it is marked as a whole
_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)

Segments = tuple[str, ...]
"""A line in pieces: the first is plain, the second marked, the third plain, and so on."""


class Row(Struct, frozen=True):
    """One line on both sides: None where a side has none. `changed` is False for a line around the change."""

    old: Segments | None
    new: Segments | None
    changed: bool = True


class Hunk(Struct, frozen=True):
    """Rows, with the 1-based numbers of the first line on each side; `cut` counts the lines that are not shown."""

    old_start: int
    new_start: int
    rows: tuple[Row, ...]
    cut: int = 0


def hunks(file: FileDiff) -> dict[int, Hunk]:
    """Return for each edit of a file, by its number in `file.edits`, the hunk around it.

    Edits whose changed lines are the same ones share a hunk. A file that comes or goes as a whole is hunk 0.
    """
    old, new = _lines(file.old), _lines(file.new)
    found = blocks(file)
    if not found:
        return {}
    if file.old is None or file.new is None or not file.edits:
        return dict.fromkeys(range(max(len(file.edits), 1)), _hunk(old, new, found, (0, len(found))))
    starts = _starts(file.old)
    ends = [block.old_end for block in found]
    result: dict[int, Hunk] = {}
    made: dict[tuple[int, int], Hunk] = {}
    for number, edit in enumerate(file.edits):
        first, last = _line_at(starts, edit.start), _line_at(starts, max(edit.end - 1, edit.start))
        begin = end = bisect_left(ends, first)
        while end < len(found) and found[end].old_start <= last + 1:
            end += 1
        own = [index for index in range(begin, end) if found[index].old_start <= last and found[index].old_end > first]
        if own or end > begin:
            span = (own[0], own[-1] + 1) if own else (begin, end)
            if span not in made:
                made[span] = _hunk(old, new, found, span)
            result[number] = made[span]
    return result


def _hunk(old: Sequence[str], new: Sequence[str], found: Sequence[Block], span: tuple[int, int]) -> Hunk:
    """Return the hunk of some blocks (half-open), with those that lie in the lines around them."""
    first, last = found[span[0]], found[span[1] - 1]
    start, end = max(first.old_start - CONTEXT, 0), min(last.old_end + CONTEXT, len(old))
    begin, stop = span
    while begin > 0 and found[begin - 1].old_end > start:
        begin -= 1
    while stop < len(found) and found[stop].old_start < end:
        stop += 1
    start, end = min(start, found[begin].old_start), max(end, found[stop - 1].old_end)
    new_start = found[begin].new_start - (found[begin].old_start - start)
    rows = list(_rows(old, new, found[begin:stop], start, end))
    return Hunk(start + 1, new_start + 1, tuple(rows[:MOST]), max(len(rows) - MOST, 0))


def _rows(old: Sequence[str], new: Sequence[str], found: Sequence[Block], start: int, end: int) -> Iterator[Row]:
    position = start
    for block in found:
        yield from (Row((line,), (line,), changed=False) for line in map(shown, old[position : block.old_start]))
        removed = [shown(line) for line in old[block.old_start : block.old_end]]
        added = [shown(line) for line in new[block.new_start : block.new_end]]
        for index in range(max(len(removed), len(added))):
            left = removed[index] if index < len(removed) else None
            right = added[index] if index < len(added) else None
            if left is None or right is None:
                yield Row(None if left is None else (left,), None if right is None else (right,))
            else:
                yield Row(*marked(left, right))
        position = block.old_end
    yield from (Row((line,), (line,), changed=False) for line in map(shown, old[position:end]))


@lru_cache(maxsize=4096)
def marked(old: str, new: str) -> tuple[Segments, Segments]:
    """Return both lines in pieces, with the words that differ marked; all of them where little is the same."""
    words = _WORD.findall(old), _WORD.findall(new)
    if max(map(len, words)) > _COMPARED:
        return ("", old), ("", new)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < 0.3:
        return ("", old), ("", new)
    sides: tuple[list[str], list[str]] = ([""], [""])
    for tag, *spans in matcher.get_opcodes():
        for side, (start, end) in enumerate((spans[:2], spans[2:])):
            text = "".join(words[side][start:end])
            is_marked = len(sides[side]) % 2 == 0
            if not text:
                continue
            if is_marked == (tag != "equal"):
                sides[side][-1] += text
            else:
                sides[side].append(text)
    return tuple(sides[0]), tuple(sides[1])


def shown(line: str) -> str:
    """Return a line as it may be shown: nothing that is not printable but tabs, and not endlessly wide."""
    line = line.removesuffix("\n").removesuffix("\r")
    text = "\t".join(map(escape, line.split("\t")))
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"


def _lines(data: bytes | None) -> list[str]:
    lines = decode(data or b"").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _starts(data: bytes) -> list[int]:
    return [0, *(match.end() for match in re.finditer(b"\n", data))]


def _line_at(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1
