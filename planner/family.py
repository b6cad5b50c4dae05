"""The nodes of a syntax tree in one pass: in a flat list, each with the node around it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

_PLAIN = frozenset({"ctx", "op", "ops", "type_comment", "kind", "lineno"})
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Family:
    """`nodes` are those of a tree, outer ones first; `parents` gives the node around a node, by its `id`.

    Contexts and operators are left out: Python shares one object of each kind.
    """

    nodes: list[ast.AST]
    parents: dict[int, ast.AST]


def family(tree: ast.AST) -> Family:
    """Return the nodes of a tree."""
    nodes: list[ast.AST] = [tree]
    parents: dict[int, ast.AST] = {}
    for node in nodes:  # grows while it is read
        kind = type(node)
        fields = _FIELDS.get(kind)
        if fields is None:
            fields = _FIELDS[kind] = tuple(name for name in kind._fields if name not in _PLAIN)
        for name in fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.AST):
                        parents[id(item)] = node
                        nodes.append(item)
            elif isinstance(value, ast.AST):
                parents[id(value)] = node
                nodes.append(value)
    return Family(nodes, parents)
