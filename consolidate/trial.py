"""What is tried on a file in a guarded child before this process does it: the work of `consolidate.guard`."""

from __future__ import annotations

import contextlib

from msgspec import Struct

from codemods.newer_grammar import is_newer
from codemods.python2 import Python2Error, Python2Reference, is_python2, references, rewrite
from planner.facts import Interest
from planner.markup import MARKUP, read_blocks
from planner.model import Edit, Symbol
from planner.notebooks import NOTEBOOK, Notebook, read_notebook
from planner.scan import TOO_DEEP, ScanError, parse, scan

PYTHON2, NEWER = "python2", "newer"
_NOTHING = Interest(frozenset(), frozenset())


def trial(item: tuple[str, bytes]) -> None:
    """Do with a file (path, contents) what a survey does with it by itself. What comes of it does not matter."""
    path, data = item
    code = data
    if path.endswith(NOTEBOOK):
        found = read_notebook(path, data)
        if not isinstance(found, Notebook):
            return
        code = found.code.code
    elif path.endswith(MARKUP):
        blocks = read_blocks(path, data)
        code = blocks.code if blocks is not None else b""
    elif not path.endswith((".py", ".pyi")):
        return
    with contextlib.suppress(ScanError):  # which the survey will find, too, and say
        scan(path, code, _NOTHING, with_definitions=True, shallow=True)


class Rung(Struct, frozen=True):
    """What a file is that `ast` does not read: PYTHON2, NEWER or "" (see `codemods.newer_grammar`).

    `references` are those of a Python 2 file; `problem` says why there are none, where they cannot be told.
    """

    kind: str = ""
    references: tuple[Python2Reference, ...] = ()
    problem: str = ""


def rung(item: tuple[str, bytes, tuple[Symbol, ...]]) -> Rung:
    """Tell what a file (path, contents) is that `ast` does not read, and how it refers to the symbols."""
    path, data, symbols = item
    try:
        parse(data, path)
        return Rung()  # something else was in its way
    except ScanError as error:
        if str(error) == TOO_DEEP:
            return Rung()
    if path.endswith(".py") and is_python2(data):
        try:
            return Rung(PYTHON2, references(data, symbols, path))
        except Python2Error as error:
            return Rung(PYTHON2, problem=str(error))
    return Rung(NEWER) if is_newer(data) else Rung()


def rewritten(item: tuple[str, bytes, tuple[tuple[Symbol, Symbol], ...]]) -> tuple[Edit, ...]:
    """Return the edits of a Python 2 file (path, contents) that make the renames. Raises Python2Error."""
    path, data, renames = item
    return rewrite(data, renames, path)
