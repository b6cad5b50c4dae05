"""The nodes of a syntax tree with the nodes around them: statements at once, what is in them where it is asked for."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from planner.collect import PLAIN_FIELDS

_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_IN_BLOCKS: dict[type[ast.AST], tuple[str, ...]] = {}
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.alias})
_STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)


class Family:
    """The nodes of a tree. Contexts and operators are left out: Python shares one object of each kind."""

    def __init__(self, tree: ast.Module) -> None:
        self._parents: dict[int, ast.AST] = {}
        self._statements: list[ast.AST] = []  # clauses too, in the order of the file
        self._starts: list[int] = []  # their first lines
        self._learned: set[int] = set()
        self._inside: list[ast.AST] = []
        parents, starts = self._parents, self._starts
        todo: list[ast.AST] = [tree]
        last = 0
        while todo:
            node = todo.pop()
            self._statements.append(node)
            kind = node.__class__
            blocks = _IN_BLOCKS.get(kind)
            if blocks is None:
                blocks = _IN_BLOCKS[kind] = tuple(name for name in _BLOCKS if name in kind._fields)
            first = getattr(node, "lineno", last)
            if blocks:
                for item in getattr(node, "decorator_list", ()):  # they stand above the `def`
                    first = min(first, item.lineno)
                below: list[ast.AST] = []
                for name in blocks:
                    below += getattr(node, name)
                for item in below:
                    parents[id(item)] = node
                todo += reversed(below)
            if first > last:  # where a parser places something oddly, the search goes on beyond it
                last = first
            starts.append(last)

    def around(self, node: ast.AST) -> ast.AST | None:
        """Return the node around a node of the tree, None for the tree itself and for any other node."""
        found = self._parents.get(id(node))
        if found is None:
            for statement in self._nearest(getattr(node, "lineno", 0)):
                if id(statement) not in self._learned:
                    self._learn(statement)
                    found = self._parents.get(id(node))
                    if found is not None:
                        return found
        return found

    def of(self, kinds: Iterable[type[ast.AST]]) -> Iterator[ast.AST]:
        """Yield the nodes of these kinds, all of which can have others below them."""
        wanted = tuple(kinds)
        yield from (node for node in self._statements if isinstance(node, wanted))
        if not all(issubclass(kind, _STATEMENTS) for kind in wanted):
            for statement in self._statements:
                self._learn(statement)
            yield from (node for node in self._inside if isinstance(node, wanted))

    def _nearest(self, line: int) -> Iterator[ast.AST]:
        """Yield the statement that begins last before or in a line, those around it, and then all others."""
        place = bisect_right(self._starts, line)
        node: ast.AST | None = self._statements[max(place - 1, 0)]
        while node is not None:
            yield node
            node = self._parents.get(id(node))
        yield from reversed(self._statements[:place])  # one in the same line is among the first of these
        yield from self._statements[place:]

    def _learn(self, statement: ast.AST) -> None:
        """Note the parents of what is in a statement, down to the statements in it."""
        if id(statement) in self._learned:
            return
        self._learned.add(id(statement))
        parents, nodes = self._parents, [statement]
        for node in nodes:  # grows while it is read
            kind = node.__class__
            fields = _FIELDS.get(kind)
            if fields is None:
                blocks = _BLOCKS if issubclass(kind, (*_STATEMENTS, ast.mod)) else ()  # `lambda` has a body, too
                fields = tuple(name for name in kind._fields if name not in PLAIN_FIELDS and name not in blocks)
                _FIELDS[kind] = fields
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
        self._inside += nodes[1:]
