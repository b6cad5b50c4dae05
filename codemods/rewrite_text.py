"""rewrite-text: dotted names of mapped symbols in documents and settings files follow, and a document's code blocks."""

from __future__ import annotations

from collections.abc import Callable

from codemods.registry import rewrite
from codemods.rewrite_notebook import carry
from planner.decision import Decision
from planner.documents import Document
from planner.model import Edit

ID = "rewrite-text"


def edits(document: Document, python: Callable[[bytes, Decision], tuple[Edit, ...]] = rewrite) -> tuple[Edit, ...]:
    """Return one edit for each dotted name that a document is to change, and those that `python` makes inside it.

    Raises CodemodError where an edit of that Python has no place in the document.
    """
    found = [Edit(item.start, item.end, item.old, item.new, ID, item.line) for item in document.renames]
    if document.blocks is not None and document.decision is not None and document.decision.edits_anything:
        found += carry(document.blocks, python(document.blocks.code, document.decision), ID)
    return tuple(sorted(found))
