"""rewrite-text: dotted names of mapped symbols in documents and settings files follow."""

from __future__ import annotations

from planner.documents import Document
from planner.model import Edit

ID = "rewrite-text"


def edits(document: Document) -> tuple[Edit, ...]:
    """Return one edit for each dotted name that a document is to change."""
    return tuple(Edit(item.start, item.end, item.old, item.new, ID, item.line) for item in document.renames)
