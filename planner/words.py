"""Names in the bytes of files: whole ones, and the words of what no parser reads."""

from __future__ import annotations

import re

from planner.model import decode


class Whole:
    """Finds names as whole ones; what does not hold one even as a part of another is told much sooner."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = tuple(sorted(names))
        self._parts, self._pattern = encoded(names), whole_names(names)

    def search(self, data: bytes) -> bool:
        """Tell whether one of the names stands in the bytes."""
        return any(part in data for part in self._parts) and self._pattern.search(data) is not None


def encoded(tokens: frozenset[str]) -> list[bytes]:
    """Return the tokens as bytes, sorted."""
    return [token.encode() for token in sorted(tokens)]


def whole_names(tokens: frozenset[str]) -> re.Pattern[bytes]:
    """Return a pattern of the tokens as whole names: `ExecutionEngine` in `UserExecutionEngine` is no reference.

    A byte of another letter than ASCII's counts as the end of a name, which at worst lets a file through.
    """
    names = b"|".join(re.escape(token.encode()) for token in sorted(tokens))
    return re.compile(rb"(?<![A-Za-z0-9_])(?:%s)(?![A-Za-z0-9_])" % names)


def words_of(data: bytes) -> frozenset[str]:
    """Return every word of a file, whatever it means there."""
    return frozenset(re.findall(r"\w+", decode(data)))
