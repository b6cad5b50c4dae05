"""The nodes of a syntax tree in one pass: in a flat list, each with the node around it."""

from __future__ import annotations

import ast

from msgspec import Struct

from planner.collect import PLAIN_FIELDS

_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.alias})


class Family(Struct, frozen=True):
    """`nodes` are those of a tree below which there may be others, outer ones first.

    `parents` gives the node around a node, by its `id`.

    Contexts and operators are left out: Python shares one object of each kind.
    """

    nodes: list[ast.AST]
    parents: dict[int, ast.AST]


def family(tree: ast.AST) -> Family:
    """Return the nodes of a tree."""
    nodes: list[ast.AST] = [tree]
    parents: dict[int, ast.AST] = {}
    for node in nodes:  # grows while it is read
        kind = node.__class__
        fields = _FIELDS.get(kind)
        if fields is None:
            fields = _FIELDS[kind] = tuple(name for name in kind._fields if name not in PLAIN_FIELDS)
        for name in fields:
            value = getattr(node, name, None)
            if value is None:
                continue
            for item in value if value.__class__ is list else (value,):
                if item.__class__ in _LEAVES:
                    parents[id(item)] = node
                elif isinstance(item, ast.AST):
                    parents[id(item)] = node
                    nodes.append(item)
    return Family(nodes, parents)
