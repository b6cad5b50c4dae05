"""The rung of the parsers' ladder between `ast` and Python 2: files whose grammar is newer than the running Python."""

from __future__ import annotations

_LARGEST = 1_000_000
"""Bytes up to which LibCST is asked: it takes some ten seconds for a megabyte."""
_DEEPEST = 60
"""Brackets within brackets up to which it is asked: its parser recurses natively, and dies of thousands."""


def is_newer(source: bytes) -> bool:
    """Tell whether LibCST reads a file that `ast` did not, and gives its bytes back: Python of a later version."""
    if len(source) > _LARGEST or _depth(source) > _DEEPEST:
        return False
    import libcst as cst

    try:
        return cst.parse_module(source).bytes == source
    except (cst.ParserSyntaxError, SyntaxError, ValueError, RecursionError):
        return False


def _depth(source: bytes) -> int:
    """Return how deep brackets nest at most, those in strings counted too."""
    deepest = depth = 0
    for byte in source:
        if byte in b"([{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b")]}":
            depth = max(depth - 1, 0)
    return deepest
