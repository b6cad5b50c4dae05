"""The legacy modules of a migration: what each name in them is, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from planner.config import Config, Engine
from planner.facts import FileFacts
from planner.layout import Layout
from planner.model import Symbol

_LONGEST_CHAIN = 32


class Destination(Struct, frozen=True):
    """Where a name of a legacy module goes: `symbol`, or None with the reason why a human must decide.

    `exists` tells whether the legacy module has the name at all; `home` that the module merely imports it.
    """

    engine: Engine
    symbol: Symbol | None
    reason: str = ""
    exists: bool = True
    home: bool = False


class LegacyModule(Struct):
    """A module that holds engines; `path` and `facts` are empty where the commit no longer has it."""

    name: str
    path: str
    facts: FileFacts | None
    engines: list[Engine] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """All names of the module that are known: its engines, those with a home of their own, and what it binds."""
        configured = {name for engine in self.engines for name in (engine.legacy.name, *dict(engine.exports)) if name}
        return frozenset(configured | {item.name for item in (self.facts.exports if self.facts is not None else ())})

    @property
    def imported(self) -> frozenset[str]:
        """The names that the module merely imports, and that go to their home when somebody takes them from here."""
        exports = self.facts.exports if self.facts is not None else ()
        return frozenset(item.name for item in exports if item.alias >= 0)

    def engine_of(self, name: str) -> Engine:
        """Return the engine called `name`, else the module's first, to which its other names are counted."""
        for engine in self.engines:
            if engine.legacy.name in (name, ""):
                return engine
        return self.engines[0]


class Legacy:
    """All legacy modules, by dotted name."""

    def __init__(self, config: Config, layout: Layout, read: Callable[[str], FileFacts | None]) -> None:
        self.config = config
        self._layout, self._read = layout, read
        self.modules: dict[str, LegacyModule] = {}
        for engine in config.engines:
            module = engine.legacy.module
            if module not in self.modules:
                path = layout.path(module)
                self.modules[module] = LegacyModule(module, path, read(path) if path else None)
            self.modules[module].engines.append(engine)
        self._known: dict[Symbol, Destination] = {}

    @property
    def paths(self) -> Mapping[str, LegacyModule]:
        """The legacy modules by the path of their file, those that the commit has."""
        return {module.path: module for module in self.modules.values() if module.path}

    def destination(self, module: str, name: str) -> Destination:
        """Return where `name` of the legacy module goes, chains of legacy modules followed to their end."""
        key = Symbol(module, name)
        if key not in self._known:
            self._known[key] = self._follow(key)
        return self._known[key]

    def modules_of(self, module: str) -> frozenset[str]:
        """Return the names under which a legacy module merely imports modules."""
        found = self.modules[module]
        return frozenset(name for name in found.imported if self.destination(module, name).symbol is None)

    def _follow(self, start: Symbol) -> Destination:
        first = self._step(start)
        current, seen = first, {start}
        while current.symbol is not None and current.symbol.module in self.modules:
            if current.symbol in seen or len(seen) > _LONGEST_CHAIN:
                return Destination(first.engine, None, f"{start} redirects in a circle", True)
            seen.add(current.symbol)
            following = self._step(current.symbol)
            if following.symbol is None and current.symbol.module in {
                e.replacement.module for e in self.config.engines
            }:
                break
            current = following
        return Destination(first.engine, current.symbol, current.reason, first.exists, first.home)

    def _step(self, symbol: Symbol) -> Destination:
        module = self.modules[symbol.module]
        engine = module.engine_of(symbol.name)
        reported = all(candidate.mode == "report" for candidate in module.engines)
        if reported or (engine.mode == "report" and engine.legacy.name in (symbol.name, "")):
            return Destination(engine, None, "reported only: this engine is not consolidated")
        if engine.legacy.name == symbol.name:
            return Destination(engine, engine.replacement)
        if not engine.legacy.name:
            return Destination(engine, Symbol(engine.replacement.module, symbol.name))
        for candidate in module.engines:
            for name, home in candidate.exports:
                if name == symbol.name:
                    reason = "" if home else f"`{name}` has no successor: its definition stays in {symbol.module}"
                    return Destination(candidate, home, reason)
        return self._imported(module, engine, symbol)

    def _imported(self, module: LegacyModule, engine: Engine, symbol: Symbol) -> Destination:
        facts = module.facts
        if facts is None:
            return Destination(engine, None, f"{symbol.module} is gone and `{symbol.name}` is not in exports", False)
        exported = next((item for item in facts.exports if item.name == symbol.name), None)
        if exported is None:
            if any(alias.name == "*" for alias in facts.aliases):
                return Destination(engine, None, f"`{symbol.name}` may come from a star import of {symbol.module}")
            return Destination(engine, None, f"{symbol.module} has no name `{symbol.name}`", False)
        if exported.alias < 0:
            return Destination(engine, None, f"`{symbol.name}` is defined in {symbol.module} and is not in exports")
        alias = facts.aliases[exported.alias]
        source = self._layout.source(facts.path, alias)
        if not alias.name:
            return Destination(engine, None, f"`{symbol.name}` is a module that {symbol.module} imports")
        if self._layout.exists(f"{source}.{alias.name}"):
            return Destination(engine, None, f"`{symbol.name}` is a module that {symbol.module} imports")
        return Destination(engine, self.home(Symbol(source, alias.name)), home=True)

    def home(self, symbol: Symbol) -> Symbol:
        """Return where a name comes from, modules passed over that merely import it; packages offer it."""
        seen: set[Symbol] = set()
        while symbol not in seen and symbol.module not in self.modules:
            seen.add(symbol)
            path = self._layout.path(symbol.module)
            facts = self._read(path) if path and not self._layout.is_package(path) else None
            exported = next((item for item in facts.exports if item.name == symbol.name), None) if facts else None
            if facts is None or exported is None or exported.alias < 0 or exported.kinds != ("import",):
                break
            alias = facts.aliases[exported.alias]
            source = self._layout.source(facts.path, alias)
            if not alias.name or not self._layout.path(source) or self._layout.exists(f"{source}.{alias.name}"):
                break
            symbol = Symbol(source, alias.name)
        return symbol
