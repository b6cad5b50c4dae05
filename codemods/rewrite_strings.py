"""rewrite-strings: patch targets, dotted names and `__all__` entries follow what they name."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.rewrite_references import renames
from planner.decision import Decision
from planner.model import Edit
from planner.source import Source

ID = "rewrite-strings"


def edits(source: Source, decision: Decision) -> Iterator[Edit]:
    """Yield one edit for the content of each string literal that is renamed."""
    return renames(source, decision.strings, ID)
