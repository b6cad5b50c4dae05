"""The syntax tree of a Python 2 file as plain values, and what a name in it does.

Kinds are the symbols of Bowler's grammar (`import_from`, `power`, `trailer`, ...) and the names of tokens (`NAME`,
`STRING`, ...). A node with one child does not exist: its child stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise

from msgspec import Struct


class Python2Error(ValueError):
    """The file cannot be read as Python 2, or an edit of it would not be certain; the message is the reason."""


class Element(Struct, frozen=True, eq=False):
    """A node, or a token where `children` is empty; compared by identity.

    `start` and `end` are half-open positions in the text, in characters, blanks and comments around it left out.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    children: tuple[Element, ...] = ()


Ancestors = tuple[Element, ...]
"""The nodes around an element, outermost first."""


class Role(Enum):
    """What a name is where it stands. Only USE and BINDING concern the variable of that name."""

    USE = "use"
    BINDING = "binding"
    IMPORT = "import"
    OTHER = "attribute or keyword"


def walk(element: Element, ancestors: Ancestors = ()) -> Iterator[tuple[Element, Ancestors]]:
    """Yield every element below and including this one, with its ancestors, in source order."""
    stack = [(element, ancestors)]
    while stack:
        item, above = stack.pop()
        yield item, above
        if item.children:
            inside = (*above, item)
            stack += [(child, inside) for child in reversed(item.children)]


def tokens(element: Element) -> Iterator[Element]:
    """Yield the tokens of an element in source order."""
    return (item for item, _ in walk(element) if not item.children and item.kind not in _EMPTY)


_EMPTY = {"INDENT", "DEDENT", "NEWLINE", "ENDMARKER", "file_input"}
_TARGET = {"testlist_star_expr", "testlist", "testlist_gexp", "listmaker", "exprlist", "atom", "star_expr", "testlist1"}
_PARAMETERS = {"parameters", "typedargslist", "varargslist", "tname", "tfpdef", "tfplist", "vname", "vfpdef", "vfplist"}
_LAMBDAS = {"lambdef", "old_lambdef"}


def role(name: Element, ancestors: Ancestors) -> Role:
    """Return what the NAME token does. What might bind the name counts as a binding."""
    parent = ancestors[-1]
    if any(node.kind in ("import_from", "import_name") for node in ancestors):
        return Role.IMPORT
    index = parent.children.index(name)
    before = parent.children[index - 1].value if index else ""
    if parent.kind == "trailer" and before == ".":
        return Role.OTHER
    if parent.kind == "dotted_name":  # @a.b.c
        return Role.OTHER if index else Role.USE
    if parent.kind == "argument" and index == 0 and parent.children[1].value == "=":
        return Role.OTHER
    if parent.kind in _PARAMETERS or (parent.kind in _LAMBDAS and index == 1 and len(parent.children) > 3):
        return Role.USE if before == "=" or (parent.kind == "tname" and index) else Role.BINDING
    if parent.kind in ("funcdef", "classdef") and index == 1:
        return Role.BINDING
    return Role.BINDING if _is_target(name, ancestors) else Role.USE


def _is_target(name: Element, ancestors: Ancestors) -> bool:
    """Tell whether the statement around the name binds or deletes it, be it within a tuple or a list."""
    inner = name
    for node in reversed(ancestors):
        if node.kind not in _TARGET:
            break
        inner = node
    index = node.children.index(inner)
    after = node.children[index + 1] if index + 1 < len(node.children) else None
    match node.kind:
        case "expr_stmt":
            return after is not None and (after.kind == "annassign" or after.value.endswith("="))
        case "for_stmt" | "comp_for" | "old_comp_for":
            return after is not None and after.value == "in"
        case "with_item" | "asexpr_test":
            return index == 2
        case "except_clause":
            return index == 3
        case "namedexpr_test":
            return index == 0
        case "global_stmt" | "del_stmt":
            return True
    return False


def scopes(element: Element, ancestors: Ancestors) -> tuple[Element, ...]:
    """Return the functions and classes in whose bodies the element stands, outermost first."""
    path = (*ancestors, element)
    return tuple(
        node
        for node, child in pairwise(path)
        if node.kind in ("funcdef", "classdef", *_LAMBDAS) and child is node.children[-1]
    )


def chain(name: Element, ancestors: Ancestors) -> tuple[Element, ...]:
    """Return the names of `a.b.c` that begins with this name, the name itself first."""
    parent = ancestors[-1]
    if parent.kind == "dotted_name":
        return parent.children[::2]
    names = [name]
    if parent.kind == "power":
        for trailer in parent.children[parent.children.index(name) + 1 :]:
            if trailer.kind != "trailer" or trailer.children[0].value != ".":
                break
            names.append(trailer.children[1])
    return tuple(names)


def is_called(last: Element, name: Element, ancestors: Ancestors) -> bool:
    """Tell whether `last`, a name of the chain that begins with `name`, is directly followed by an argument list."""
    parent = ancestors[-1]
    if parent.kind != "power":
        return parent.kind == "decorator" and parent.children.index(name) + 1 < len(parent.children) - 1
    after = [child for child in parent.children if child.start >= last.end]
    return bool(after) and after[0].kind == "trailer" and after[0].children[0].value == "("


_OLD_NUMBER = re.compile(r"0\d*[1-9]\d*|.*[lL]")
_OLD_STRING = re.compile(r"[uU][rR]['\"]")


def is_python2_only(element: Element) -> bool:
    """Tell whether Python 3 has no such syntax. `print (x)` is a statement in one and a call in the other."""
    first = [child.value for child in element.children[:2]]
    match element.kind:
        case "print_stmt" | "exec_stmt":
            return next(iter(tokens(element.children[1]))).value != "("
        case "except_clause" | "raise_stmt":
            return any(child.value == "," for child in element.children)
        case "tfpdef" | "vfpdef":
            return first[0] == "("
        case "BACKQUOTE":
            return True
        case "NOTEQUAL":
            return element.value == "<>"
        case "NUMBER":
            return bool(_OLD_NUMBER.fullmatch(element.value))
        case "STRING":
            return bool(_OLD_STRING.match(element.value))
    return False
