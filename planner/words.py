"""Names in the bytes of files: whole ones, and the words of what no parser reads."""

from __future__ import annotations

import re
import string

from planner.model import decode

PART, WHOLE = 1, 2
_LETTERS = frozenset(bytes([byte]) for byte in b"_" + string.ascii_letters.encode() + string.digits.encode())


class Whole:
    """Finds names as whole ones: `ExecutionEngine` in `UserExecutionEngine` is no reference.

    A byte of another letter than ASCII's counts as the end of a name, which at worst lets a file through.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self.names = tuple(sorted(names))
        self._parts = [name.encode() for name in self.names]

    def search(self, data: bytes) -> bool:
        """Tell whether one of the names stands in the bytes."""
        return self.held(data) == WHOLE

    def held(self, data: bytes) -> int:
        """Return WHOLE where one of the names stands in the bytes, PART where one is a part of another name, or 0."""
        found = 0
        for part in self._parts:
            place = data.find(part)
            while place >= 0:
                end = place + len(part)
                if data[place - 1 : place] not in _LETTERS and data[end : end + 1] not in _LETTERS:
                    return WHOLE
                found, place = PART, data.find(part, place + 1)
        return found


def words_of(data: bytes) -> frozenset[str]:
    """Return every word of a file, whatever it means there."""
    return frozenset(re.findall(r"\w+", decode(data)))
