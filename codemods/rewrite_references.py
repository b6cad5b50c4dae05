"""rewrite-references: every use of a binding whose import was moved follows it, in the binding's scope."""

from __future__ import annotations

from collections.abc import Iterator

from planner.decision import Decision, Rename
from planner.model import Edit, decode
from planner.source import Source

ID = "rewrite-references"


def edits(source: Source, decision: Decision) -> Iterator[Edit]:
    """Yield one edit for each renamed use."""
    return renames(source, decision.renames, ID)


def renames(source: Source, wanted: tuple[Rename, ...], codemod: str) -> Iterator[Edit]:
    """Yield an edit for each rename, with the bytes that stand in the file as its old text."""
    for rename in wanted:
        old = rename.old.encode(source.encoding)
        yield Edit(
            rename.start, rename.end, decode(old), decode(rename.new.encode(source.encoding)), codemod, rename.line
        )
