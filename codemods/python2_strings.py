"""Refuse a Python 2 file whose strings or dynamic code may name what a move would rename."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codemods.python2_tree import Ancestors, Element, Python2Error, tokens, walk

_LITERAL = re.compile(r"""[a-zA-Z]*('{3}|"{3}|'|")(.*)\1""", re.DOTALL)
_NAMESPACES = {"eval", "execfile", "globals", "locals", "vars", "compile"}
_RUNNERS = {"eval", "execfile"}


def refuse_strings(root: Element, modules: set[str], renamed: set[str]) -> None:
    """Raise Python2Error where a string may name a legacy module, or a variable that gets another name.

    A bare string statement (a docstring) is a mention and refuses nothing.
    """
    dynamic = any(True for _ in _dynamic(root))
    for token, ancestors in walk(root):
        literal = _LITERAL.fullmatch(token.value) if token.kind == "STRING" else None
        if not literal or _is_statement(token, ancestors):
            continue
        content = literal[2].strip()
        for module in sorted(modules):
            if re.search(rf"(?<![\w.]){re.escape(module)}(?!\w)", content):
                raise Python2Error(f"a string names {module}")
        for name in sorted(renamed):
            if content == name or (dynamic and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", content)):
                raise Python2Error(f"a string names {name}")
    if renamed and any(_runs_anything(element, ancestors) for element, ancestors in _dynamic(root)):
        raise Python2Error(f"code that is made at run time may use {min(renamed)}")


def _dynamic(root: Element) -> Iterator[tuple[Element, Ancestors]]:
    """Yield what reaches variables by name: exec statements, and the functions that run code or list a namespace."""
    for element, ancestors in walk(root):
        if element.kind == "exec_stmt" or (element.kind == "NAME" and element.value in _NAMESPACES):
            yield element, ancestors


def _runs_anything(element: Element, ancestors: Ancestors) -> bool:
    """Tell whether the element runs code that is not spelled out in literals."""
    if element.kind == "exec_stmt":
        code = element.children[1]
    elif element.value in _RUNNERS and ancestors[-1].kind == "power" and len(ancestors[-1].children) > 1:
        code = ancestors[-1].children[1]
    else:
        return False
    return any(token.kind != "STRING" and token.value not in "()," for token in tokens(code))


def _is_statement(token: Element, ancestors: Ancestors) -> bool:
    """Tell whether the string, or the row of strings that it is part of, is a statement of its own."""
    return ancestors[-1].kind == "simple_stmt" or (ancestors[-1].kind == "atom" and ancestors[-2].kind == "simple_stmt")
