"""What is tried on a file in a guarded child before this process does it: the work of `consolidate.guard`."""

from __future__ import annotations

import contextlib

from codemods.newer_grammar import is_newer
from codemods.python2 import is_python2
from planner.facts import Interest
from planner.markup import MARKUP, read_blocks
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


def rung(item: tuple[str, bytes]) -> str:
    """Tell what a file is that `ast` does not read: PYTHON2, NEWER or "" (see `codemods.newer_grammar`)."""
    path, data = item
    try:
        parse(data, path)
        return ""  # something else was in its way
    except ScanError as error:
        if str(error) == TOO_DEEP:
            return ""
    if path.endswith(".py") and is_python2(data):
        return PYTHON2
    return NEWER if is_newer(data) else ""
