"""The table of codemods: id, what it does, and the function that yields the edits of a Python file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from codemods import rewrite_calls, rewrite_imports, rewrite_references, rewrite_strings
from codemods.import_layout import Layouts
from codemods.work import Work
from planner.decision import Decision
from planner.model import Edit
from planner.source import read_source


class Codemod(NamedTuple):
    """One row of the table; `edits` is None for a codemod that works on whole files or on other kinds of file."""

    description: str
    edits: Callable[[Work], Iterator[Edit]] | None


CODEMODS: dict[str, Codemod] = {
    "deprecation-shim": Codemod("a legacy module becomes a shim that warns and hands out the replacement", None),
    "rewrite-imports": Codemod("import statements name the replacement's module", rewrite_imports.edits),
    "rewrite-references": Codemod("uses of a moved binding follow it, in its scope", rewrite_references.edits),
    "rewrite-calls": Codemod("constructions follow the engine's call rule", rewrite_calls.edits),
    "rewrite-strings": Codemod("patch targets and dotted strings follow what they name", rewrite_strings.edits),
    "rewrite-text": Codemod("dotted names in documents and settings files follow", None),
    "python2": Codemod("the same for Python 2 files, through Bowler", None),
    "remove-shim": Codemod("a shim that nothing refers to is deleted", None),
}


def rewrite(data: bytes, decision: Decision, layouts: Layouts | None = None) -> tuple[Edit, ...]:
    """Return the edits that carry a decision out on a file's bytes, sorted; `layouts` writes its import statements.

    Raises CodemodError where one of them is not certain, SourceError where the bytes cannot be decoded.
    """
    work = Work(read_source(data), decision, layouts or Layouts())
    found: list[Edit] = []
    for codemod in CODEMODS.values():
        if codemod.edits is not None:
            found += codemod.edits(work)
    return tuple(sorted(found))
