"""What the one pass over a syntax tree collects, and the walk that all of its parts share."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from planner.scopes import Load, Scope

PLAIN_FIELDS = frozenset(
    {
        *("ctx", "op", "ops", "type_comment", "kind", "level", "simple", "is_async", "conversion", "lineno"),
        *("id", "attr", "arg", "asname", "rest", "kwd_attrs", "module"),
    }
)
"""Fields of `ast` that hold no nodes, or only such of which Python shares one object of each kind."""
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_METHODS: dict[type[Collector], tuple[tuple[type[ast.AST], str], ...]] = {}


class RawAlias(Struct):
    """One imported name as the tree has it, with the scope that it binds in."""

    statement: ast.Import | ast.ImportFrom
    node: ast.alias
    scope: Scope
    local: str


class RawText(Struct):
    """A string literal with its role (those of `planner.facts.Text`).

    `argument` is the expression before it in `patch.object(argument, "…")`, `member` the attribute right behind
    `import_module("…")`.
    """

    node: ast.Constant
    role: str
    argument: ast.expr | None = None
    member: ast.Attribute | None = None


class Statement(Struct):
    """An import statement with its surroundings."""

    node: ast.Import | ast.ImportFrom
    sole: bool
    block: int
    context: frozenset[str]
    position: int = 0
    aliases: list[int] = field(default_factory=list)


class Holder(Struct):
    """A variable, a parameter or an attribute, and what it is bound to: a call, or the annotation that it has."""

    scope: Scope
    target: ast.expr | ast.arg
    value: ast.expr


def dotted(node: ast.expr) -> str:
    """Return the text of a name or attribute chain, "" for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _methods(collector: type[Collector]) -> tuple[tuple[type[ast.AST], str], ...]:
    """Return the kinds of nodes that a class has a method for, each with the method's name."""
    if collector not in _METHODS:
        names = [name for name in dir(collector) if name.startswith("visit_") and hasattr(ast, name[6:])]
        _METHODS[collector] = tuple((getattr(ast, name[6:]), name) for name in names)
    return _METHODS[collector]


class Collector:
    """The state of a pass over one module; bodies of functions and classes are left out where `shallow`.

    Without `declares` there is no `global` or `nonlocal` statement in it.
    """

    def __init__(self, shallow: bool, declares: bool = True) -> None:
        self._shallow, self._declares = shallow, declares
        self.scopes: list[Scope] = []
        self.aliases: list[RawAlias] = []
        self.statements: list[Statement] = []
        self.texts: list[RawText] = []
        self.attributes: list[ast.Attribute] = []
        self.holders: list[Holder] = []
        self.all_nodes: list[ast.Constant] = []
        self.all_literal = True
        self.has_all = False
        self.asks_modules = False
        self.loads: list[Load] = []
        self._roles: dict[int, tuple[str, ast.expr | None]] = {}
        self._forms: dict[int, str] = {}
        self._taken: dict[int, ast.Attribute] = {}
        self._awaited: set[int] = set()
        self._inert: set[int] = set()
        self._context: tuple[str, ...] = ()
        self._annotation = False
        self._joined: ast.JoinedStr | None = None
        self._blocks = 0
        self._scope = self._push("module", None)
        self._dispatch: dict[type[ast.AST], Callable[[ast.AST], None]] = {
            kind: getattr(self, name) for kind, name in _methods(self.__class__)
        }

    def forget(self) -> None:
        """Let go of what refers to itself, so that all of it is freed at once and not by the garbage collector."""
        self._dispatch.clear()
        for scope in self.scopes:
            scope.loads.clear()

    def _push(self, kind: str, parent: Scope | None, is_async: bool = False) -> Scope:
        scope = Scope(kind, len(self.scopes), parent, is_async)
        self.scopes.append(scope)
        return scope

    def visit(self, node: ast.AST | None) -> None:
        """Visit one node with what lies below it."""
        if node is None:
            return
        method = self._dispatch.get(node.__class__)
        if method is not None:
            method(node)
        else:
            self._below(node)

    def _below(self, node: Any) -> None:
        """Visit what lies below a node: most of the time that a scan takes is spent here."""
        kind, dispatch = node.__class__, self._dispatch
        fields = _FIELDS.get(kind)
        if fields is None:
            fields = _FIELDS[kind] = tuple(name for name in kind._fields if name not in PLAIN_FIELDS)
        for name in fields:
            value: Any = getattr(node, name, None)
            for item in value if value.__class__ is list else (value,):
                method = dispatch.get(item.__class__)
                if method is not None:
                    method(item)
                elif isinstance(item, ast.AST):
                    self._below(item)

    def _each(self, nodes: list[ast.expr] | list[ast.keyword]) -> None:
        for node in nodes:
            self.visit(node)

    def _load(
        self, node: ast.Name, form: str, attributes: tuple[ast.Attribute, ...], call: ast.Call | None = None
    ) -> None:
        if self._annotation and form == "name":
            form = "annotation"
        scope = self._scope
        load = Load(node, form, attributes, scope, call, in_async=self._in_async(), joined=self._joined)
        load.inert = id(node) in self._inert
        if call is not None:
            load.awaited = id(call) in self._awaited
        scope.loads.setdefault(node.id, []).append(load)
        self.loads.append(load)

    def _in_async(self) -> bool:
        return self._scope.is_async

    def _annotated(self, node: ast.expr | None) -> None:
        if node is None:
            return
        before, self._annotation = self._annotation, True
        self.visit(node)
        self._annotation = before

    def _docstring(self, body: list[ast.stmt]) -> None:
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            self._roles[id(body[0].value)] = ("docstring", None)


PEP_701 = sys.version_info >= (3, 12)
"""Whether the running Python gives exact positions inside f-strings."""
