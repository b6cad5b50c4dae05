"""Interfaces: what a class or function offers, gathered over its bases as far as the repository's source tells."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from planner.facts import Argument, Definition, FileFacts
from planner.layout import Layout
from planner.model import Symbol

Parameters = tuple[tuple[str, str, bool], ...]

_DEEPEST = 24


class Interface(Struct, frozen=True):
    """`kind` is "class", "function", "async function" or "" where the definition cannot be found.

    `members` are those of the class and its bases; `parameters` is None where the constructor cannot be told; `methods`
    are (name, kind, parameters), those of a base only where the class has none of that name; `constants` are the other
    names that the bodies of the class and its bases bind, `readonly` the properties without a setter.
    """

    kind: str
    members: frozenset[str] = frozenset()
    parameters: Parameters | None = None
    methods: tuple[tuple[str, str, Parameters], ...] = ()
    constants: frozenset[str] = frozenset()
    readonly: frozenset[str] = frozenset()

    def method(self, name: str) -> tuple[str, Parameters] | None:
        """Return the kind and the parameters of a method, None where the name is no method."""
        return next(((kind, parameters) for method, kind, parameters in self.methods if method == name), None)

    def kind_of(self, name: str) -> str:
        """Return what a member is: the kind of a method, "class attribute", "instance attribute", "" for none."""
        method = self.method(name)
        if method is not None:
            return method[0]
        if name not in self.members:
            return ""
        return "class attribute" if name in self.constants else "instance attribute"

    def signature(self, name: str) -> str:
        """Return a member as a person writes it: `async run(task, timeout=…)`, `limit`; "" for none."""
        method = self.method(name)
        if method is None or method[0] == "property":
            return name if name in self.members else ""
        return f"{'async ' if method[0].startswith('async') else ''}{name}{describe(method[1])}"


UNKNOWN = Interface("")


class Interfaces:
    """Looks interfaces up; `read` gives the facts of a path with its definitions, None where it has none."""

    def __init__(self, layout: Layout, read: Callable[[str], FileFacts | None]) -> None:
        self._layout, self._read = layout, read
        self._memo: dict[Symbol, Interface] = {}

    def of(self, symbol: Symbol) -> Interface:
        """Return the interface of a symbol, UNKNOWN where its definition is not in the repository."""
        if symbol not in self._memo:
            self._memo[symbol] = self._find(symbol, 0)
        return self._memo[symbol]

    def bases(self, symbol: Symbol) -> tuple[str, ...]:
        """Return the dotted text of a class's bases, none where its definition is not in the repository."""
        found = self._definition(symbol, 0)
        return found[1].bases if found else ()

    def home(self, symbol: Symbol) -> Symbol | None:
        """Return the symbol under which the definition really stands, imports followed; None where it has none."""
        found = self._definition(symbol, 0)
        return Symbol(self._layout.module(found[0].path), found[1].name) if found else None

    def _definition(self, symbol: Symbol, depth: int) -> tuple[FileFacts, Definition] | None:
        path = self._layout.path(symbol.module)
        facts = self._read(path) if path else None
        if facts is None or depth > _DEEPEST:
            return None
        for definition in reversed(facts.definitions):
            if definition.name == symbol.name:
                return facts, definition
        for exported in facts.exports:
            if exported.name == symbol.name and exported.alias >= 0:
                alias = facts.aliases[exported.alias]
                if alias.name:
                    source = self._layout.source(facts.path, alias)
                    return self._definition(Symbol(source, alias.name), depth + 1)
        return None

    def _find(self, symbol: Symbol, depth: int) -> Interface:
        found = self._definition(symbol, depth)
        if found is None or depth > _DEEPEST:
            return UNKNOWN
        facts, definition = found
        if definition.kind != "class":
            return Interface(definition.kind, frozenset(), definition.parameters)
        members, parameters, methods = definition.members, definition.parameters, list(definition.methods)
        constants, readonly = definition.constants, definition.readonly
        for base in definition.bases:
            inherited = self._base(facts, base, depth)
            readonly |= inherited.readonly - members
            members |= inherited.members
            methods += inherited.methods
            constants |= inherited.constants
            if parameters is None and inherited.parameters is not None:
                parameters = inherited.parameters
        if parameters is None and all(base in _PLAIN_BASES for base in definition.bases):
            parameters = ()
        return Interface("class", members, parameters, tuple(methods), constants, readonly)

    def _base(self, facts: FileFacts, base: str, depth: int) -> Interface:
        root, _, rest = base.partition(".")
        module = self._layout.module(facts.path)
        if not rest and any(item.name == root for item in facts.definitions):
            return self._find(Symbol(module, root), depth + 1)
        for alias in facts.aliases:
            if alias.local != root:
                continue
            source = self._layout.source(facts.path, alias)
            if alias.name and not rest:
                return self._find(Symbol(source, alias.name), depth + 1)
            dotted = f"{source}.{alias.name}.{rest}" if alias.name else f"{alias.module}.{rest}"
            symbol = self._layout.split(dotted if alias.asname or alias.name else base)
            if symbol is not None and symbol.name:
                return self._find(symbol, depth + 1)
        return UNKNOWN


_PLAIN_BASES = frozenset({"object", "ABC", "abc.ABC", "Protocol", "typing.Protocol", "Generic", "typing.Generic"})


def bind(arguments: tuple[Argument, ...], parameters: Parameters) -> dict[str, int] | None:
    """Bind a call's arguments as Python does: parameter name -> index of the argument, None where the call fails.

    Arguments beyond the named parameters are bound to "*" or "**" followed by their place or keyword. A call that
    unpacks cannot be bound and gives None. Source: Python language reference, 6.3.4 "Calls".
    """
    bound: dict[str, int] = {}
    positional = [item for item in parameters if item[1] in ("positional", "plain")]
    has_star = any(kind == "*" for _, kind, _ in parameters)
    has_keywords = any(kind == "**" for _, kind, _ in parameters)
    keywords = {name for name, kind, _ in parameters if kind in ("plain", "keyword")}
    place = 0
    for index, argument in enumerate(arguments):
        if argument.star:
            return None
        if argument.keyword:
            # The name of a positional-only parameter is free for `**` to take.
            name = argument.keyword if argument.keyword in keywords else f"**{argument.keyword}"
            if name in bound or (name.startswith("**") and not has_keywords):
                return None
            bound[name] = index
        elif place < len(positional):
            if positional[place][0] in bound:
                return None
            bound[positional[place][0]] = index
            place += 1
        elif has_star:
            bound[f"*{place}"] = index
            place += 1
        else:
            return None
    for name, kind, default in parameters:
        if kind in ("positional", "plain", "keyword") and not default and name not in bound:
            return None
    return bound


def serves(old: tuple[str, Parameters] | None, new: tuple[str, Parameters] | None) -> str:
    """Return how the new method fails callers of the old one, "" where it serves them all.

    A member that is no method on one side is only compared by that: what it holds cannot be told.
    """
    if old is None or new is None or "property" in (old[0], new[0]):
        callable_before, callable_after = (
            old is not None and old[0] != "property",
            new is not None and new[0] != "property",
        )
        return "" if callable_before == callable_after or new is None or old is None else "no method"
    if old[0] != new[0]:
        return f"{new[0]} instead of {old[0]}"
    kinds = {kind for _, kind, _ in new[1]}
    if {"*", "**"} <= kinds:
        return ""
    for index, (name, kind, default) in enumerate(old[1]):
        match = new[1][index] if index < len(new[1]) else None
        if match is None or match[:2] != (name, kind) or (default and not match[2]):
            return f"{describe(new[1])} instead of {describe(old[1])}"
    if any(not default for _, _, default in new[1][len(old[1]) :]):
        return f"{describe(new[1])} instead of {describe(old[1])}"
    return ""


def describe(parameters: Parameters | None) -> str:
    """Return a signature as a person writes it, for reasons: `(registry, /, *, user_context=…)`."""
    if parameters is None:
        return "(unknown)"
    shown: list[str] = []
    before = ""
    for name, kind, default in parameters:
        star = kind if kind in ("*", "**") else ""
        if before == "positional" != kind:
            shown.append("/")
        if kind == "keyword" and before not in ("*", "keyword"):
            shown.append("*")
        before = kind
        shown.append(f"{star}{name}" + ("=…" if default and not star else ""))
    if before == "positional":
        shown.append("/")
    return f"({', '.join(shown)})"
