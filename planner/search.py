"""What a survey looks for: the names of legacy symbols, and those under which importers hand them on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct, field

from planner.config import Config
from planner.contract import Contract
from planner.facts import Exported, FileFacts, Interest
from planner.layout import Layout
from planner.legacy import Legacy
from planner.model import Symbol
from planner.resolve import Resolver
from planner.words import Whole

Takers = Sequence[tuple[Whole, Whole | None]]


def tokens_of(config: Config) -> frozenset[str]:
    """Return the names by which the configuration knows legacy symbols: a file with a reference holds one of them."""
    named = {name for engine in config.engines for name, _ in engine.exports}
    ends = {name for engine in config.engines for name in (engine.legacy.module.rpartition(".")[2], engine.legacy.last)}
    return frozenset(named | ends)


def interest_of(config: Config, legacy: Legacy, contract: Contract) -> Interest:
    """Return what a pass over a file looks for: the names of legacy symbols, of their destinations, of members."""
    new_names: set[str] = set()
    members: set[str] = set()
    touched: set[str] = set()
    for engine in config.engines:
        module = engine.legacy.module
        exported = {name for name, _ in engine.exports}
        for name in {engine.legacy.name, *exported, *legacy.modules[module].imported}:
            goes = legacy.destination(module, name).symbol if name else engine.replacement
            if goes is not None:
                new_names |= {goes.last, goes.module.rpartition(".")[2]}
        if engine.mode == "consolidate":
            for name in {engine.legacy.name, *exported} - {""}:
                members |= contract.members(Symbol(module, name))
                touched |= contract.touched(Symbol(module, name))
    return Interest(tokens_of(config), frozenset(new_names), frozenset(members), frozenset(touched))


class Handing(Struct):
    """Finds the local names under which importers hand a legacy symbol on, until no file brings another.

    `everywhere` are the names that were looked for in every file; `looked` those looked for in files that hold one of
    the words, too.
    """

    layout: Layout
    legacy: Legacy
    resolver: Resolver
    everywhere: frozenset[str]
    looked: dict[str, set[str]] = field(default_factory=dict)

    @property
    def tokens(self) -> frozenset[str]:
        """All names that a legacy symbol is known by so far."""
        return self.everywhere | frozenset(self.looked)

    def more(self, files: Iterable[FileFacts]) -> dict[str, set[str]]:
        """Return the names that nobody has looked for yet.

        Each has the words of which a file that takes it must hold one, too; "" where that cannot be told.
        """
        found: dict[str, set[str]] = {}
        for facts in files:
            if facts.path not in self.legacy.paths:
                for name in self._handed_on(facts):
                    # A package is imported from without being named (`from . import Name`), a module is not.
                    package = self.layout.is_package(facts.path)
                    word = "" if package else self.layout.module(facts.path).rpartition(".")[2]
                    if word not in self.looked.get(name, ()):
                        found.setdefault(name, set()).add(word)
        for name, words in found.items():
            self.looked.setdefault(name, set()).update(words)
        return found

    def _handed_on(self, facts: FileFacts) -> Iterator[str]:
        tokens = self.tokens
        by_name = {exported.name: exported for exported in facts.exports}
        for exported in facts.exports:
            source_name = by_name.get(exported.value.partition(".")[0], exported)
            if source_name.alias < 0 or exported.name in self.everywhere:
                continue
            alias = facts.aliases[source_name.alias]
            source = self.layout.source(facts.path, alias)
            if not tokens.intersection({*source.split("."), alias.name, *exported.value.split(".")}):
                continue
            if self.gives(facts, exported):
                yield exported.name

    def gives(self, facts: FileFacts, exported: Exported) -> bool:
        """Tell whether a module hands a legacy symbol on by an import, in a way that who takes it would notice."""
        by_name = {other.name: other for other in facts.exports} if exported.value else {}
        source_name = by_name.get(exported.value.partition(".")[0], exported)
        if source_name.alias < 0:
            return False
        origin = self.resolver.origin(self.layout.module(facts.path), exported.name)
        if origin is None:
            return False
        # A name that merely came along and keeps its name is nothing that a taker would notice.
        goes = self.legacy.destination(origin.module, origin.name).symbol if origin.name else None
        named = exported.value or facts.aliases[source_name.alias].asname
        renamed = named or (goes is not None and goes.last != exported.name)
        return bool(renamed or self.layout.is_package(facts.path) or exported.name in (facts.all_names or ()))


def takers_of(more: Mapping[str, Set[str]]) -> Takers:
    """Return the patterns of names with those of the words that must stand beside them, None where none must."""
    return [
        (Whole(frozenset({name})), Whole(frozenset(words)) if "" not in words else None)
        for name, words in sorted(more.items())
    ]


def takers_name(takers: Takers) -> str:
    """Return takers as text, the same for the same ones."""
    return repr([(name.names, words.names if words is not None else ()) for name, words in takers])


def takes(data: bytes, takers: Takers) -> bool:
    """Tell whether a file may take one of the names."""
    return any(name.search(data) and (words is None or words.search(data)) for name, words in takers)
