"""What an expression gives, as far as one file tells: an object made from a relevant name, another, or no telling.

`planner.receivers` tells what is certain. This errs to the other side: what may be the engine in one of several ways
counts as it, and only what cannot be one is ruled out.
"""

from __future__ import annotations

import ast
import builtins

from planner.family import Family
from planner.places import Places
from planner.scopes import Load, Scope
from planner.uses import Uses
from planner.visit import dotted

UNKNOWN = -1
OTHER = -2
"""The object is none of the engine's; a number from 0 on is the use that names the class of the object."""

_GIVES_ITS_ARGUMENT = frozenset(
    {"getattr", "next", "anext", "max", "min", "super", "type", "vars", "eval", "exec", "__import__"}
)
_BUILTINS = frozenset(dir(builtins)) - _GIVES_ITS_ARGUMENT
_DISPLAYS = (
    *(ast.Constant, ast.JoinedStr, ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.SetComp, ast.DictComp),
    *(ast.GeneratorExp, ast.Compare, ast.Lambda),
)
_ANYTHING = frozenset({"Any", "Union", "Optional", "Annotated", "Protocol", "TypeVar", "Self", "T"})
_Place = tuple[int, str]


class Objects:
    """Tells the objects of one file; ask when the uses of the file are known."""

    def __init__(self, members: Family, places: Places, uses: Uses) -> None:
        self._uses = uses
        self.around = members.around
        self._classes = [node for node in members.of([ast.ClassDef]) if isinstance(node, ast.ClassDef)]
        self._loads: dict[int, Load] = {id(load.node): load for load in places.raw.loads if load.quoted is None}
        self._busy: set[int] = set()
        self._variables: dict[_Place, list[ast.expr]] = {}
        self._fields: dict[_Place, list[ast.expr]] = {}
        for holder in places.raw.holders:
            target = holder.target
            if isinstance(target, ast.arg | ast.Name):
                name = target.arg if isinstance(target, ast.arg) else target.id
                scope = holder.scope.resolve(name)
                if scope is not None:
                    self._variables.setdefault((scope.index, name), []).append(holder.value)
            elif isinstance(target, ast.Attribute) and dotted(target.value) == "self":
                owner = self.class_of(target)
                if owner is not None:
                    self._fields.setdefault((id(owner), target.attr), []).append(holder.value)
        self._stores: dict[_Place, int] = {}
        for node in places.raw.attributes:
            if isinstance(node.ctx, ast.Store) and dotted(node.value) == "self":
                owner = self.class_of(node)
                if owner is not None:
                    self._stores[id(owner), node.attr] = self._stores.get((id(owner), node.attr), 0) + 1

    def of(self, node: ast.expr) -> int:
        """Return the use that names the class of what an expression gives, UNKNOWN, or OTHER."""
        if isinstance(node, ast.Await | ast.NamedExpr | ast.Starred):
            return self.of(node.value)
        if isinstance(node, _DISPLAYS):
            return OTHER
        if isinstance(node, ast.BoolOp):
            return _any([self.of(value) for value in node.values])
        if isinstance(node, ast.IfExp):
            return _any([self.of(node.body), self.of(node.orelse)])
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        return UNKNOWN

    def names_class(self, node: ast.expr) -> bool:
        """Tell whether an expression is the name of a relevant class itself."""
        return self._relevant(node) >= 0

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """Return the class in whose method a node stands."""
        inner: ast.AST | None = node
        while inner is not None:
            outer = self.around(inner)
            if isinstance(outer, ast.ClassDef):
                return outer if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) else None
            inner = outer
        return None

    def _relevant(self, node: ast.expr) -> int:
        """Return the use of a relevant name with which a chain of attributes begins, UNKNOWN without one."""
        while isinstance(node, ast.Attribute):
            node = node.value
        load = self._loads.get(id(node))
        return self._uses.known(load) if load is not None else UNKNOWN

    def _within(self, node: ast.expr) -> int:
        """Return a use of a relevant name that stands anywhere in an expression, UNKNOWN without one."""
        names = (part for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute))
        return max(map(self._relevant, names), default=UNKNOWN)

    def _call(self, node: ast.Call) -> int:
        made = self._relevant(node.func)
        if made >= 0:
            return made
        name = dotted(node.func)
        if name == "super":
            return self._self(node)
        if any(self._within(value) >= 0 for value in _arguments(node)):
            return UNKNOWN  # `Mock(spec=Old)`
        if name in _BUILTINS and self._bound(node.func) is None:
            return OTHER
        return OTHER if _class_like(name) and not self._derived(name) else UNKNOWN

    def _bound(self, node: ast.expr) -> Scope | None:
        load = self._loads.get(id(node))
        return load.scope.resolve(load.node.id) if load is not None else None

    def _derived(self, name: str) -> bool:
        """Tell whether the file itself has a class of that name with a relevant base."""
        return any(node.name == name and self.base(node) >= 0 for node in self._classes)

    def base(self, node: ast.ClassDef) -> int:
        """Return the use that names a relevant base of a class, UNKNOWN without one."""
        return max((self._relevant(item) for item in node.bases), default=UNKNOWN)

    def _self(self, node: ast.AST) -> int:
        owner = self.class_of(node)
        base = self.base(owner) if owner is not None else UNKNOWN
        return base if base >= 0 or owner is None else OTHER

    def _name(self, node: ast.Name) -> int:
        relevant = self._relevant(node)
        if relevant >= 0:
            return relevant
        load = self._loads.get(id(node))
        scope = load.scope.resolve(node.id) if load is not None else None
        if scope is None:
            return OTHER if node.id in _BUILTINS else UNKNOWN
        binders = scope.binders[node.id]
        if node.id in ("self", "cls") and all(kind == "parameter" for kind, _ in binders):
            return self._self(node)
        held = [self._held(value) for value in self._variables.get((scope.index, node.id), [])]
        if held and id(node) not in self._busy:
            known = _any(held)
            return known if known >= 0 or len(held) == len(binders) else UNKNOWN
        if all(kind in ("import", "type-import") for kind, _ in binders):
            return OTHER if _class_like(node.id) else UNKNOWN
        if all(kind in ("class", "def") for kind, _ in binders):
            return OTHER if not self._derived(node.id) else UNKNOWN
        return UNKNOWN

    def _held(self, value: ast.expr) -> int:
        """Return what a call gives, or an annotation promises."""
        if id(value) in self._busy:
            return UNKNOWN
        self._busy.add(id(value))
        try:
            if isinstance(value, ast.Call | ast.Await):
                return self.of(value)
            relevant = self._within(value)
            name = dotted(value)
            told = _class_like(name) and name.rpartition(".")[2] not in _ANYTHING and not self._derived(name)
            return relevant if relevant >= 0 else OTHER if told else UNKNOWN
        finally:
            self._busy.discard(id(value))

    def _attribute(self, node: ast.Attribute) -> int:
        relevant = self._relevant(node)
        if relevant >= 0:
            return relevant
        if dotted(node.value) == "self" and (owner := self.class_of(node)) is not None:
            held = [self._held(value) for value in self._fields.get((id(owner), node.attr), [])]
            known = _any(held)
            return known if known >= 0 or len(held) == self._stores.get((id(owner), node.attr), 0) else UNKNOWN
        return OTHER if _class_like(dotted(node)) and "self" not in dotted(node) else UNKNOWN


def _any(found: list[int]) -> int:
    """Return an engine if one of several ways leads to it, OTHER if none can."""
    if not found:
        return UNKNOWN
    return max(found) if max(found) >= 0 else UNKNOWN if UNKNOWN in found else OTHER


def _arguments(node: ast.Call) -> list[ast.expr]:
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def _class_like(name: str) -> bool:
    """Tell whether a name is spelled as a class is (PEP 8): `Mock`, `module.Other`, `_Fake`."""
    last = name.rpartition(".")[2].lstrip("_")
    return last[:1].isupper() and not last.isupper()
