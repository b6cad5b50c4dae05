"""From a name as an importer writes it to the legacy module that it comes from, through re-exports of any depth."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from planner.facts import Exported, FileFacts
from planner.imports import Imports
from planner.interfaces import Interfaces
from planner.layout import Layout
from planner.legacy import Legacy
from planner.model import Symbol


class Origin(Struct, frozen=True):
    """The legacy symbol behind a name (`name` is "" for the module itself).

    `via` lists the modules that re-export it, nearest to the importer first, as symbols; `rest` what follows the
    symbol in a dotted name. `assigned` is the module on the way that assigns it to a name of its own, "" without one.
    """

    module: str
    name: str
    via: tuple[Symbol, ...] = ()
    rest: tuple[str, ...] = ()
    assigned: str = ""


class Resolver:
    """Resolves names over the modules of a snapshot; `facts_of` gives the facts of a path, None if it has none."""

    def __init__(
        self,
        layout: Layout,
        legacy: Legacy,
        facts_of: Callable[[str], FileFacts | None],
        interfaces: Interfaces,
        imports: Imports,
    ) -> None:
        self.layout, self.legacy, self._facts_of, self.interfaces = layout, legacy, facts_of, interfaces
        self.imports = imports
        self._memo: dict[Symbol, Origin | None] = {}

    def facts(self, module: str) -> FileFacts | None:
        """Return the facts of a module of the snapshot, None where it has none or no parser reads it."""
        path = self.layout.path(module)
        return self._facts_of(path) if path else None

    def origin(self, module: str, name: str) -> Origin | None:
        """Return the legacy symbol that `from module import name` gives, None where it gives something else."""
        return self._origin(Symbol(module, name), frozenset())

    def _origin(self, symbol: Symbol, seen: frozenset[Symbol]) -> Origin | None:
        if symbol in self._memo:
            return self._memo[symbol]
        if symbol in seen:
            return None
        found = self._look(symbol, seen | {symbol})
        if not seen:
            self._memo[symbol] = found
        return found

    def _look(self, symbol: Symbol, seen: frozenset[Symbol]) -> Origin | None:
        module, name = symbol.module, symbol.name
        if module in self.legacy.modules and not self._is_submodule(module, name):
            return Origin(module, name)
        facts = self.facts(module)
        if facts is not None:
            exported = next((item for item in facts.exports if item.name == name), None)
            if exported is not None:
                if exported.value:
                    return self._assigned(symbol, exported.value, seen)
                if exported.alias < 0:
                    return self._several(symbol, facts, exported, seen)
                alias = facts.aliases[exported.alias]
                source = self.layout.source(facts.path, alias)
                if not alias.name:
                    whole = alias.module if alias.asname else alias.local
                    return Origin(whole, "", (symbol,)) if whole in self.legacy.modules else None
                return self._through(symbol, Symbol(source, alias.name), seen)
            if not self._is_submodule(module, name):
                for alias in facts.aliases:
                    if alias.name == "*" and alias.scope == 0:
                        source = self.layout.source(facts.path, alias)
                        if name in self.star_names(source):
                            return self._through(symbol, Symbol(source, name), seen)
        if f"{module}.{name}" in self.legacy.modules:
            return Origin(f"{module}.{name}", "")
        return None

    def _is_submodule(self, module: str, name: str) -> bool:
        return self.layout.exists(f"{module}.{name}") or f"{module}.{name}" in self.legacy.modules

    def _through(self, symbol: Symbol, source: Symbol, seen: frozenset[Symbol]) -> Origin | None:
        origin = self._origin(source, seen)
        return replace(origin, via=(symbol, *origin.via)) if origin else None

    def _several(self, symbol: Symbol, facts: FileFacts, exported: Exported, seen: frozenset[Symbol]) -> Origin | None:
        """Return the legacy symbol that all imports of a name give, where several bind it and nothing else does."""
        if not {"import", "type-import"}.issuperset(exported.kinds):
            return None
        found: set[Origin | None] = set()
        for alias in facts.aliases:
            if alias.scope == 0 and alias.local == exported.name and alias.name:
                source = self.layout.source(facts.path, alias)
                origin = self._through(symbol, Symbol(source, alias.name), seen)
                found.add(replace(origin, via=(symbol,)) if origin is not None else None)
        return found.pop() if len(found) == 1 else None

    def _assigned(self, symbol: Symbol, value: str, seen: frozenset[Symbol]) -> Origin | None:
        """Return the legacy symbol that a module assigns to a name of its own: `Name = Other`, `Name = mod.Other`."""
        root, *rest = value.split(".")
        facts = self.facts(symbol.module)
        exported = next((item for item in facts.exports if item.name == root), None) if facts is not None else None
        if facts is None or exported is None or exported.alias < 0:
            return None
        alias = facts.aliases[exported.alias]
        source = self.layout.source(facts.path, alias)
        if alias.name and not self._is_submodule(source, alias.name):
            origin = self._origin(Symbol(source, alias.name), seen) if not rest else None
        else:
            origin = self.dotted(".".join([self.layout.bound(facts.path, alias), *rest]))
        if origin is None or not origin.name or origin.rest:
            return None
        return replace(origin, via=(symbol, *origin.via), assigned=symbol.module)

    def star_names(self, module: str, depth: int = 0) -> frozenset[str]:
        """Return the names that `from module import *` brings in, as far as the source tells."""
        facts = self.facts(module)
        if facts is None or depth > 16:
            return frozenset()
        if facts.all_names is not None:
            return frozenset(facts.all_names)
        names = {
            item.name for item in facts.exports if not item.name.startswith("_") and item.kinds != ("type-import",)
        }
        for alias in facts.aliases:
            if alias.name == "*" and alias.scope == 0:
                names |= self.star_names(self.layout.source(facts.path, alias), depth + 1)
        return frozenset(names)

    def dotted(self, text: str) -> Origin | None:
        """Return the legacy symbol that a dotted name reaches: longest module prefix, then a name, then the rest."""
        parts = text.split(".")
        for index in range(len(parts), 0, -1):
            module = ".".join(parts[:index])
            if module in self.legacy.modules:
                if index == len(parts):
                    return Origin(module, "")
                return Origin(module, parts[index], (), tuple(parts[index + 1 :]))
            if self.layout.path(module):
                if index == len(parts):
                    return None
                origin = self.origin(module, parts[index])
                if origin is None:
                    behind = self.module_behind(Symbol(module, parts[index])) if index + 1 < len(parts) else ""
                    return self.dotted(".".join([behind, *parts[index + 1 :]])) if behind else None
                rest = tuple(parts[index + 1 :])
                if not origin.name and rest:
                    return Origin(origin.module, rest[0], origin.via, rest[1:])
                return replace(origin, rest=rest)
        return None

    def module_behind(self, symbol: Symbol) -> str:
        """Return the module that a name of another module is bound to by imports, "" where it is none."""
        for _ in range(16):
            facts = self.facts(symbol.module)
            exported = next((item for item in facts.exports if item.name == symbol.name), None) if facts else None
            if facts is None or exported is None or exported.alias < 0:
                return ""
            alias = facts.aliases[exported.alias]
            module = self.layout.bound(facts.path, alias)
            if not alias.name or self.layout.path(module):
                return module
            symbol = Symbol(self.layout.source(facts.path, alias), alias.name)
        return ""
