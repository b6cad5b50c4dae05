"""Files that were moved: their entries in the baseline move with them, which is no growth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

SIMILAR = 0.5
"""The part of the lines that two files share at least, for one to be the other one moved: git's own default (-M)."""


def moves(gone: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """Return which file each new one was, by path: the most similar of those that are gone, each of them once."""
    counted = {path: _lines(data) for path, data in gone.items()}
    pairs: list[tuple[float, str, str]] = []
    for path, data in new.items():
        lines = _lines(data)
        pairs += [(_similarity(before, lines), path, old) for old, before in counted.items()]
    found: dict[str, str] = {}
    for similarity, path, old in sorted(pairs, key=lambda item: (-item[0], item[1], item[2])):
        if similarity >= SIMILAR and path not in found and old not in found.values():
            found[path] = old
    return found


def _lines(data: bytes) -> Counter[bytes]:
    return Counter(line for line in map(bytes.strip, data.splitlines()) if line)


def _similarity(one: Counter[bytes], other: Counter[bytes]) -> float:
    """Return the part of the larger file's text that both have, 0 to 1; blank lines and indentation do not count."""
    largest = max(_size(one), _size(other))
    return _size(one & other) / largest if largest else 0.0


def _size(lines: Counter[bytes]) -> int:
    return sum(len(line) * count for line, count in lines.items())
