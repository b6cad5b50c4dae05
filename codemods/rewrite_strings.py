"""rewrite-strings: patch targets, dotted names and `__all__` entries follow what they name."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.rewrite_references import renames
from codemods.work import Work
from planner.model import Edit

ID = "rewrite-strings"


def edits(work: Work) -> Iterator[Edit]:
    """Yield one edit for the content of each string literal that is renamed."""
    return renames(work.source, work.decision.strings, ID)
