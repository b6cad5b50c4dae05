"""What a few files take from the rest of a repository, found from these files: for a survey of them alone.

A survey of everything looks for who hands a legacy symbol on. Here it is asked the other way round: of each name that a
file takes from a module of the repository, or may take, whether a legacy symbol is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from planner.facts import FileFacts
from planner.layout import Layout
from planner.legacy import Legacy
from planner.model import Symbol, decode
from planner.resolve import Resolver
from planner.search import Handing
from planner.words import words_of

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.\w+)+")


class Nearby:
    """Finds the names of legacy symbols in files; the modules that these name are read as far as they are asked."""

    def __init__(self, layout: Layout, legacy: Legacy, resolver: Resolver) -> None:
        self._layout, self._legacy, self._resolver = layout, legacy, resolver
        self._handing = Handing(layout, legacy, resolver, frozenset())
        self.tokens: set[str] = set()
        self.hubs: set[str] = set()

    def look(self, files: Iterable[tuple[FileFacts, bytes]]) -> None:
        """Find what files (facts with all their imports, and the code) may take.

        `tokens` are then the names by which modules hand them a legacy symbol on, beside those of the configuration;
        names that a file gives itself are not among them. `hubs` are these modules.
        """
        for facts, data in files:
            words = words_of(data)
            asked = {
                Symbol(self._layout.source(facts.path, alias), alias.name)
                for alias in facts.aliases
                if alias.name not in ("", "*")
            }
            for module in self._modules(facts, decode(data), words):
                given = self._handed_on(module, words)
                self.tokens |= given
                asked |= {Symbol(module, name) for name in given}
            for symbol in asked:
                origin = self._resolver.origin(symbol.module, symbol.name)
                self.hubs |= {step.module for step in origin.via} if origin is not None else set()

    def _handed_on(self, module: str, words: Set[str]) -> set[str]:
        """Return those of the words by which a module of the repository hands legacy symbols on."""
        facts = self._resolver.facts(module) if module not in self._legacy.modules else None
        if facts is None:
            return set()
        return {item.name for item in facts.exports if item.name in words and self._handing.gives(facts, item)}

    def _modules(self, facts: FileFacts, text: str, words: Set[str]) -> set[str]:
        """Return the modules of the repository that a file names, and those that it may reach through these."""
        todo = set(self._named(facts, text))
        found: set[str] = set()
        while todo:
            module = todo.pop()
            if module in found or not self._layout.path(module):
                continue
            found.add(module)
            inner = self._resolver.facts(module)
            for name in {item.name for item in inner.exports} & words if inner is not None else ():
                if behind := self._resolver.module_behind(Symbol(module, name)):
                    todo.add(behind)
        return found

    def _named(self, facts: FileFacts, text: str) -> Iterator[str]:
        local: dict[str, str] = {}
        for alias in facts.aliases:
            bound = self._layout.bound(facts.path, alias)
            if alias.name != "*" and bound:
                local[alias.local] = bound
                yield bound
            yield self._layout.source(facts.path, alias)
            if not alias.name:
                yield alias.module
        for dotted in {match.group() for match in _DOTTED.finditer(text)}:
            first, _, rest = dotted.partition(".")
            yield from self._prefixes(dotted)
            if first in local:
                yield from self._prefixes(f"{local[first]}.{rest}")

    def _prefixes(self, dotted: str) -> Iterator[str]:
        parts = dotted.split(".")
        yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))
