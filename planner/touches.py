"""How a file uses the members that the contract gate asks about beyond their names: of what object, asked for, set."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from planner.facts import Argument, Interest, Touch
from planner.family import Family
from planner.objects import OTHER, UNKNOWN, Objects
from planner.places import Places
from planner.syntax import PROTOCOL, called, forms_of
from planner.uses import Uses
from planner.visit import RawText, dotted


class Touches:
    """Finds them in one file; ask when the uses of the file are known."""

    def __init__(self, tree: ast.Module, places: Places, uses: Uses, interest: Interest) -> None:
        self._tree, self._places, self._uses = tree, places, uses
        self._wanted, self._lacking = interest.touched, interest.members

    def found(self) -> tuple[Touch, ...]:
        """Return the touches of objects that may be the engine, sorted."""
        if not self._wanted:
            return ()
        found = {*self._read(), *self._asked(), *self._listed()}
        if not self._wanted.isdisjoint(PROTOCOL):
            found |= set(self._syntax())
        return tuple(sorted(found, key=lambda item: (item.line, item.name, item.kind, item.use, item.guarded)))

    @cached_property
    def _objects(self) -> Objects:
        return Objects(self._family, self._places, self._uses)

    @cached_property
    def _family(self) -> Family:
        return Family(self._tree)

    def _read(self) -> Iterator[Touch]:
        for node in self._places.raw.attributes:
            if node.attr not in self._wanted or (use := self._objects.of(node.value)) == OTHER:
                continue
            kind = "read" if isinstance(node.ctx, ast.Load) else "stored"
            if use == UNKNOWN and self._own(node):
                continue
            outer = self._objects.around(node)
            arguments = _arguments(outer) if isinstance(outer, ast.Call) and outer.func is node else None
            yield Touch(node.attr, node.end_lineno or node.lineno, kind, use, self._guarded(node), arguments)

    def _own(self, node: ast.Attribute) -> bool:
        """Tell whether a class of the file defines the member that its method uses on `self`."""
        owner = self._objects.class_of(node) if dotted(node.value) in ("self", "cls") else None
        return owner is not None and any(getattr(item, "name", "") == node.attr for item in owner.body)

    def _asked(self) -> Iterator[Touch]:
        for text in self._places.raw.texts:
            if text.role not in ("getattr", "patch-object") or text.node.value not in self._wanted:
                continue
            use = self._objects.of(text.argument) if text.argument is not None else UNKNOWN
            if use != OTHER:
                name = str(text.node.value)
                yield Touch(name, text.node.lineno, self._asks(text), use, self._guarded(text.node), None)

    def _asks(self, text: RawText) -> str:
        outer = self._objects.around(text.node)
        sets = text.role == "patch-object" or (isinstance(outer, ast.Call) and dotted(outer.func) == "setattr")
        on_class = text.argument is not None and self._objects.names_class(text.argument)
        return "asked" if not sets else "patched" if on_class else "stored"

    def _listed(self) -> Iterator[Touch]:
        calls = [
            load.call
            for name in ("dir", "vars", "getmembers", "inspect")
            for load in self._places.loads.get(name, ())
            if load.call is not None and dotted(load.call.func).rpartition(".")[2] in self._wanted
        ]
        asked: list[tuple[str, ast.expr, ast.expr]]
        asked = [(dotted(call.func).rpartition(".")[2], call.args[0], call) for call in calls if call.args]
        dicts = (node for node in self._places.raw.attributes if node.attr == "__dict__")
        asked += [("__dict__", node.value, node) for node in dicts if "__dict__" in self._wanted]
        for name, value, node in asked:
            if (use := self._objects.of(value)) >= 0:
                yield Touch(name, node.lineno, "listed", use, False, None)

    def _syntax(self) -> Iterator[Touch]:
        forms = forms_of(self._wanted)
        calls = (
            (name, value) for node in self._family.of(forms) for name, value in called(node) if name in self._wanted
        )
        for name, value in calls:
            use = self._object(name, value)
            # What only the replacement has counts for an object that is known alone, so that plain code may move.
            if use >= 0 or (use == UNKNOWN and name in self._lacking):
                yield Touch(name, value.end_lineno or value.lineno, "syntax", use, False, None)

    def _object(self, name: str, value: ast.expr) -> int:
        """Return the object whose method syntax calls; a class is constructed, and what a call gives mostly awaited."""
        if self._objects.names_class(value) and not isinstance(value, ast.Call):
            return OTHER
        use = self._objects.of(value)
        plain = isinstance(value, ast.Name) or dotted(value).startswith("self.")
        return OTHER if use < 0 and name in ("__call__", "__await__") and not self._variable(value, plain) else use

    def _variable(self, value: ast.expr, plain: bool) -> bool:
        if not plain or not isinstance(value, ast.Name):
            return plain
        scopes = [load.scope.resolve(value.id) for load in self._places.loads.get(value.id, ())]
        kinds = {kind for scope in scopes if scope is not None for kind, _ in scope.binders[value.id]}
        return not kinds.isdisjoint({"value", "parameter", "global", "nonlocal"})

    def _guarded(self, node: ast.AST) -> bool:
        """Tell whether an AttributeError that a node raises is caught in the same function, or is asked for."""
        inner = node
        while (outer := self._objects.around(inner)) is not None:
            if isinstance(outer, ast.Try) and inner in outer.body and any(map(_catches, outer.handlers)):
                return True
            if isinstance(outer, ast.With | ast.AsyncWith) and any(
                isinstance(item.context_expr, ast.Call) and _names_it(item.context_expr) for item in outer.items
            ):
                return True
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                return False
            inner = outer
        return False


def _catches(handler: ast.ExceptHandler) -> bool:
    return handler.type is not None and _names_it(handler.type)


def _names_it(node: ast.AST) -> bool:
    return any(isinstance(item, ast.Name) and item.id == "AttributeError" for item in ast.walk(node))


def _arguments(call: ast.Call) -> tuple[Argument, ...]:
    given = [Argument(0, 0, "", "*" if isinstance(value, ast.Starred) else "", pure=False) for value in call.args]
    return (*given, *(Argument(0, 0, item.arg or "", "" if item.arg else "**", pure=False) for item in call.keywords))
