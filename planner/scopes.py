"""Scopes and bindings as Python has them (language reference, 4.2 "Naming and binding"; PEP 227, 572, 695)."""

from __future__ import annotations

import ast

from msgspec import Struct, field


class Load(Struct):
    """A name that is read (or deleted or called): the node, its outermost attribute chain and its surroundings.

    `quoted` is the outermost string that holds it, `nested` tells that there is another one between,
    `inert` that the name is only compared, matched or taken as a model: what it holds is never called there.
    """

    node: ast.Name
    form: str
    attributes: tuple[ast.Attribute, ...]
    scope: Scope
    call: ast.Call | None = None
    awaited: bool = False
    in_async: bool = False
    quoted: ast.Constant | None = None
    nested: bool = False
    inert: bool = False
    joined: ast.JoinedStr | None = None


class Scope(Struct):
    """One scope while a file is scanned.

    `binders` lists for each name what binds it: ("import", index of the alias) or (kind, -1); `places` where those that
    are no imports stand, as (line, column) of `ast`.
    """

    kind: str
    index: int
    parent: Scope | None = None
    is_async: bool = False
    binders: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    loads: dict[str, list[Load]] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)

    def bind(self, name: str, kind: str, alias: int = -1, node: ast.AST | None = None) -> None:
        """Record that something binds the name here, or in the scope that a `global` or `nonlocal` names.

        `node` is what binds it: a name, or the statement or pattern that the name is a part of.
        """
        scope = self
        if name in self.global_names:
            scope = self.module()
            scope.binders.setdefault(name, []).append(("global", -1))
        elif name in self.nonlocal_names:
            scope = self.resolve(name) or self
            scope.binders.setdefault(name, []).append(("nonlocal", -1))
        scope.binders.setdefault(name, []).append((kind, alias))
        if node is not None:
            place = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
            scope.places.setdefault(name, []).append(place)

    def module(self) -> Scope:
        """Return the module's scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def resolve(self, name: str) -> Scope | None:
        """Return the scope in which a name that is used here is bound, None where no scope binds it."""
        scope: Scope | None = self.parent if name in self.nonlocal_names else self
        while scope is not None:
            if name in scope.global_names:
                module = self.module()
                return module if name in module.binders else None
            if name in scope.binders and (scope.kind != "class" or scope is self):
                return scope
            scope = scope.parent
        return None

    def path_to(self, ancestor: Scope) -> list[Scope]:
        """Return the scopes that a look-up passes before it reaches `ancestor`, this one first."""
        path: list[Scope] = []
        scope: Scope | None = self
        while scope is not None and scope is not ancestor:
            if scope is self or scope.kind != "class":
                path.append(scope)
            scope = scope.parent
        return path
