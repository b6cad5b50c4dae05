r"""Unified diffs that `git apply` accepts, for any bytes.

Lines end at `\n` only, as for git, so CRLF and bytes that are not UTF-8 go through untouched. Hunks are found from
the places that the edits name, so a large file with one edit costs next to nothing; only the lines of one edit are
compared with each other. Source: git-diff(1), "Generating patch text with -p".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from msgspec import Struct

from consolidate.render.look import Look, columns, filled
from planner.model import Edit, encode

CONTEXT = 3
_COMPARED = 4_000_000  # old lines times new lines of one block, above which it is shown as replaced as a whole
_NO_NEWLINE = b"\\ No newline at end of file\n"


class FileDiff(Struct, frozen=True):
    """One file on both sides: None where it does not exist. `edits` lead from `old` to `new`."""

    path: str
    mode: str
    old_blob: str
    new_blob: str
    old: bytes | None
    new: bytes | None
    edits: tuple[Edit, ...] = ()


class Block(Struct, frozen=True):
    """Lines that differ: half-open, 0-based ranges of the old and of the new file's lines."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def file_diff(file: FileDiff) -> bytes:
    """Return the diff of one file with git's headers; empty where nothing differs."""
    if file.old == file.new:
        return b""
    old, new = _lines(file.old or b""), _lines(file.new or b"")
    name_a, name_b = quote(f"a/{file.path}"), quote(f"b/{file.path}")
    zero = "0" * max(len(file.old_blob), len(file.new_blob))
    ids = f"{file.old_blob or zero}..{file.new_blob or zero}"
    mode = file.mode or "100644"
    header = [b"diff --git %s %s" % (name_a, name_b)]
    if file.old is None:
        header += [f"new file mode {mode}".encode(), f"index {ids}".encode()]
    elif file.new is None:
        header += [f"deleted file mode {mode}".encode(), f"index {ids}".encode()]
    else:
        header += [f"index {ids} {mode}".encode()]
    if old or new:
        header += [
            b"--- " + (b"/dev/null" if file.old is None else _ended(name_a)),
            b"+++ " + (b"/dev/null" if file.new is None else _ended(name_b)),
        ]
    return b"\n".join(header) + b"\n" + b"".join(_hunks(old, new, blocks(file)))


def blocks(file: FileDiff) -> list[Block]:
    """Return the blocks of lines that differ, in order, from the places that the edits name."""
    data = file.old or b""
    old = _lines(data)
    if file.old is None or file.new is None:
        new = _lines(file.new or b"")
        return [Block(0, len(old), 0, len(new))] if old or new else []
    found: list[Block] = []
    shift = 0
    starts = [0, *accumulate(len(line) for line in old)]
    for first, last, edits in _regions(starts, file.edits or (_whole(file.old, file.new),)):
        after = _replaced(data, starts[first], starts[last], edits)
        before, lines = old[first:last], _lines(after)
        found += [
            Block(first + i1, first + i2, first + shift + j1, first + shift + j2)
            for tag, i1, i2, j1, j2 in _opcodes(before, lines)
            if tag != "equal"
        ]
        shift += len(lines) - len(before)
    return found


def counts(file: FileDiff) -> tuple[int, int]:
    """Return how many lines the diff adds and how many it removes."""
    found = blocks(file)
    return sum(b.new_end - b.new_start for b in found), sum(b.old_end - b.old_start for b in found)


def stat(files: Iterable[FileDiff], look: Look) -> list[str]:
    """Return the lines of `--stat`: each file with the lines added and removed, and the sum."""
    rows = [(file, *counts(file)) for file in files]
    paths = [look.cut(look.plain(file.path), max(look.width - 26, 20)) for file, _, _ in rows]
    width = max((columns(path) for path in paths), default=0)
    lines = []
    for path, (file, added, removed) in zip(paths, rows, strict=True):
        state = " (new)" if file.old is None else " (gone)" if file.new is None else ""
        plus, minus = look.paint(f"+{added}", "green"), look.paint(f"-{removed}", "red")
        lines.append(f" {filled(path, width)} | {plus} {minus}{state}")
    total = f" {_number(len(rows), 'file')} changed, {sum(row[1] for row in rows)} insertions(+), "
    return [*lines, f"{total}{sum(row[2] for row in rows)} deletions(-)"]


def painted(diff: bytes, look: Look) -> bytes:
    """Return the diff in colours, where the look has any, and with nothing in it that a terminal would obey.

    For anything but a terminal every byte stays, because `git apply` may be reading.
    """
    if not look.colour and not look.terminal:
        return diff
    styles = {b"+": ("green",), b"-": ("red",), b"@": ("cyan",), b"d": ("bold",), b"i": ("bold",), b"n": ("bold",)}
    parts = []
    for line in diff.split(b"\n"):
        style = ("bold",) if line.startswith((b"--- ", b"+++ ")) else styles.get(line[:1], ())
        start, _, end = look.paint("|", *style).partition("|")
        shown = _harmless(line, look) if look.terminal else line
        parts.append(start.encode() + shown + end.encode() if line else line)
    return b"\n".join(parts)


def _harmless(line: bytes, look: Look) -> bytes:
    return b"\t".join(look.plain(part.decode("utf-8", "surrogateescape")).encode() for part in line.split(b"\t"))


def quote(path: str) -> bytes:
    """Return a path as git writes it in a diff: in C's quotes where it has control or non-ASCII characters."""
    data = encode(path)
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in data):
        return data
    named = {7: b"\\a", 8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r", 34: b'\\"', 92: b"\\\\"}
    plain = range(0x20, 0x7F)
    quoted = (named.get(byte) or (bytes([byte]) if byte in plain else b"\\%03o" % byte) for byte in data)
    return b'"' + b"".join(quoted) + b'"'


def _ended(name: bytes) -> bytes:
    return name + b"\t" if b" " in name and not name.startswith(b'"') else name  # git marks the end of such a name


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _whole(old: bytes, new: bytes) -> Edit:
    return Edit(0, len(old), old.decode("utf-8", "surrogateescape"), new.decode("utf-8", "surrogateescape"), "")


def _regions(starts: Sequence[int], edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Yield (first line, line behind the last, edits): whole lines around edits, those that share a line together.

    `starts` are the offsets of the lines and, last, the length of the file.
    """
    lines = len(starts) - 1
    group: list[Edit] = []
    first = last = 0
    for edit in sorted(edits):
        top = max(bisect_right(starts, edit.start, 0, lines) - 1, 0)
        bottom = min(max(bisect_right(starts, edit.end, 0, lines), top + 1), lines)
        if group and top < last:
            group.append(edit)
            last = max(last, bottom)
            continue
        if group:
            yield first, last, group
        group, first, last = [edit], top, bottom
    if group:
        yield first, last, group


def _replaced(data: bytes, start: int, end: int, edits: Sequence[Edit]) -> bytes:
    parts, position = [], start
    for edit in edits:
        parts += [data[position : edit.start], encode(edit.new)]
        position = edit.end
    return b"".join([*parts, data[position:end]])


def _opcodes(old: Sequence[bytes], new: Sequence[bytes]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) * len(new) > _COMPARED:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _hunks(old: Sequence[bytes], new: Sequence[bytes], found: Sequence[Block]) -> Iterator[bytes]:
    group: list[Block] = []
    for block in found:
        if group and block.old_start - group[-1].old_end > 2 * CONTEXT:
            yield _hunk(old, new, group)
            group = []
        group.append(block)
    if group:
        yield _hunk(old, new, group)


def _hunk(old: Sequence[bytes], new: Sequence[bytes], group: Sequence[Block]) -> bytes:
    before = min(CONTEXT, group[0].old_start)
    after = min(CONTEXT, len(old) - group[-1].old_end)
    old_start, old_end = group[0].old_start - before, group[-1].old_end + after
    new_start, new_end = group[0].new_start - before, group[-1].new_end + after
    parts = [b"@@ -%s +%s @@\n" % (_range(old_start, old_end), _range(new_start, new_end))]
    position = old_start
    for block in group:
        parts += [_marked(b" ", line) for line in old[position : block.old_start]]
        parts += [_marked(b"-", line) for line in old[block.old_start : block.old_end]]
        parts += [_marked(b"+", line) for line in new[block.new_start : block.new_end]]
        position = block.old_end
    parts += [_marked(b" ", line) for line in old[position:old_end]]
    return b"".join(parts)


def _range(start: int, end: int) -> bytes:
    length = end - start
    first = start + 1 if length else start  # git counts from 1, and names the line before an empty range
    return b"%d" % first if length == 1 else b"%d,%d" % (first, length)


def _marked(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n" + _NO_NEWLINE


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
