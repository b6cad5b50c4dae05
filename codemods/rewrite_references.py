"""rewrite-references: every use of a binding whose import was moved follows it, in the binding's scope."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.work import Work
from planner.decision import Rename
from planner.model import Edit, decode
from planner.source import Source

ID = "rewrite-references"


def edits(work: Work) -> Iterator[Edit]:
    """Yield one edit for each renamed use."""
    return renames(work.source, work.decision.renames, ID)


def renames(source: Source, wanted: tuple[Rename, ...], codemod: str) -> Iterator[Edit]:
    """Yield an edit for each rename, with the bytes that stand in the file as its old text."""
    for rename in wanted:
        old = rename.old.encode(source.encoding)
        yield Edit(
            rename.start, rename.end, decode(old), decode(rename.new.encode(source.encoding)), codemod, rename.line
        )
