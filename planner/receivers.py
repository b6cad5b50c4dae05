"""Attributes whose object is known to be made from an imported name: `Old(...).run`, `engine = Old(...); engine.run`.

Known is what one file shows by itself: the object stands there as a call, or in a variable, a parameter or an attribute
of `self` of which every binding is such a call or annotation. What comes from elsewhere is not known.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from planner.places import Places
from planner.scopes import Load, Scope
from planner.uses import Uses

Held = tuple[str, int, int]
"""An attribute's name, its line, and the index of the use that names the class of the object."""


class Receivers:
    """Finds the objects of attributes in one file; ask when the uses of the file are known."""

    def __init__(self, places: Places, uses: Uses, wanted: frozenset[str]) -> None:
        self._places, self._wanted = places, wanted
        self._of: dict[int, int] = {}
        for name in {use.name for use in uses.found} if wanted else ():
            for load in places.loads.get(name, ()):
                if (number := uses.known(load)) >= 0:
                    node = load.node if load.quoted is None else load.quoted
                    self._of[id(node)] = number

    def found(self) -> tuple[Held, ...]:
        """Return the attributes of known objects, sorted."""
        if not self._of:
            return ()
        variables: dict[tuple[int, str], list[int]] = {}
        fields: dict[tuple[int, str], list[int]] = {}
        for holder in self._places.raw.holders:
            number = self._class(holder.value)
            if number < 0:
                continue
            target = holder.target
            if isinstance(target, ast.arg | ast.Name):
                name = target.arg if isinstance(target, ast.arg) else target.id
                scope = holder.scope.resolve(name)
                if scope is not None:
                    variables.setdefault((scope.index, name), []).append(number)
            elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
                owner = _class_scope(holder.scope)
                if owner is not None:
                    fields.setdefault((owner.index, target.attr), []).append(number)
        return tuple(sorted({*self._direct(), *self._variables(variables), *self._fields(fields)}))

    def _class(self, value: ast.expr) -> int:
        """Return the use that names the class of what a call gives or an annotation promises, -1 where none does."""
        if isinstance(value, ast.Await):
            value = value.value
        if isinstance(value, ast.Call):
            value = value.func
        elif isinstance(value, ast.BinOp):  # Old | None
            value = value.left
        elif isinstance(value, ast.Subscript):  # Optional[Old]
            optional = value.value.attr if isinstance(value.value, ast.Attribute) else getattr(value.value, "id", "")
            if optional != "Optional":
                return -1
            value = value.slice
        while isinstance(value, ast.Attribute):
            value = value.value
        return self._of.get(id(value), -1)

    def _direct(self) -> Iterator[Held]:
        for node in self._places.raw.attributes:
            if node.attr in self._wanted and isinstance(node.value, ast.Call | ast.Await):
                number = self._class(node.value)
                if number >= 0:
                    yield node.attr, node.end_lineno or node.lineno, number

    def _variables(self, held: dict[tuple[int, str], list[int]]) -> Iterator[Held]:
        for name in sorted({name for _, name in held}):
            for load in self._places.loads.get(name, ()):
                first = load.attributes[0] if load.attributes else None
                if first is None or first.attr not in self._wanted:
                    continue
                scope = load.scope.resolve(name)
                numbers = held.get((scope.index, name), []) if scope is not None else []
                if scope is not None and numbers and len(scope.binders[name]) == len(numbers):
                    yield first.attr, _line(load, first), numbers[0]

    def _fields(self, held: dict[tuple[int, str], list[int]]) -> Iterator[Held]:
        if not held:
            return
        stores: Counter[tuple[int, str]] = Counter()
        reads: list[tuple[tuple[int, str], Load]] = []
        for load in self._places.loads.get("self", ()):
            owner = _class_scope(load.scope) if load.attributes else None
            if owner is None:
                continue
            key = (owner.index, load.attributes[0].attr)
            if not isinstance(load.attributes[0].ctx, ast.Load):
                stores[key] += 1
            elif len(load.attributes) > 1 and load.attributes[1].attr in self._wanted:
                reads.append((key, load))
        for key, load in reads:
            if key in held and stores[key] == len(held[key]):
                yield load.attributes[1].attr, _line(load, load.attributes[1]), held[key][0]


def _line(load: Load, node: ast.Attribute) -> int:
    return (node.end_lineno or node.lineno) if load.quoted is None else load.quoted.lineno


def _class_scope(scope: Scope) -> Scope | None:
    """Return the scope of the class whose method a scope lies in."""
    inner: Scope | None = scope
    while inner is not None and (inner.parent is None or inner.parent.kind != "class"):
        inner = inner.parent
    return inner.parent if inner is not None and inner.kind == "function" else None
