"""Interfaces: what a class or function offers, gathered over its bases as far as the repository's source tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.facts import Argument, Definition, FileFacts
from planner.layout import Layout
from planner.model import Symbol

Parameters = tuple[tuple[str, str, bool], ...]

_DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Interface:
    """`kind` is "class", "function", "async function" or "" where the definition cannot be found.

    `members` are those of the class and its bases; `parameters` is None where the constructor cannot be told.
    """

    kind: str
    members: frozenset[str] = frozenset()
    parameters: Parameters | None = None


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
                    source = self._layout.absolute(facts.path, alias.module, alias.level)
                    return self._definition(Symbol(source, alias.name), depth + 1)
        return None

    def _find(self, symbol: Symbol, depth: int) -> Interface:
        found = self._definition(symbol, depth)
        if found is None or depth > _DEEPEST:
            return UNKNOWN
        facts, definition = found
        if definition.kind != "class":
            return Interface(definition.kind, frozenset(), definition.parameters)
        members, parameters = definition.members, definition.parameters
        for base in definition.bases:
            inherited = self._base(facts, base, depth)
            members |= inherited.members
            if parameters is None and inherited.parameters is not None:
                parameters = inherited.parameters
        if parameters is None and all(base in _PLAIN_BASES for base in definition.bases):
            parameters = ()
        return Interface("class", members, parameters)

    def _base(self, facts: FileFacts, base: str, depth: int) -> Interface:
        root, _, rest = base.partition(".")
        module = self._layout.module(facts.path)
        if not rest and any(item.name == root for item in facts.definitions):
            return self._find(Symbol(module, root), depth + 1)
        for alias in facts.aliases:
            if alias.local != root:
                continue
            source = self._layout.absolute(facts.path, alias.module, alias.level)
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
            if argument.keyword in keywords and argument.keyword not in bound:
                bound[argument.keyword] = index
            elif has_keywords and argument.keyword not in bound:
                bound[f"**{argument.keyword}"] = index
            else:
                return None
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


def describe(parameters: Parameters | None) -> str:
    """Return a signature as a person writes it, for reasons: `(registry, user_context=…)`."""
    if parameters is None:
        return "(unknown)"
    shown = []
    for name, kind, default in parameters:
        star = kind if kind in ("*", "**") else ""
        shown.append(f"{star}{name}" + ("=…" if default and not star else ""))
    return f"({', '.join(shown)})"
