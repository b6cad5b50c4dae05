"""Names that a file asks a module for in ways that no edit follows: by a string, or of an object that cannot be told.

`attrgetter("Name")(module)`, `getattr(module, name)` with the names in a table, `import_module("…").Name`,
`sys.modules["…"].Name`: who hands the name on must go on having it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from planner.facts import Alias, FileFacts
from planner.layout import Layout
from planner.resolve import Origin, Resolver


class Asked:
    """Tells which modules a file has at hand; `known` are the paths of all files that hold a name that is asked for."""

    def __init__(self, layout: Layout, resolver: Resolver, known: Set[str]) -> None:
        self._layout, self._resolver, self._known = layout, resolver, known
        self._last: tuple[FileFacts, tuple[str, ...]] | None = None

    def modules(self, facts: FileFacts) -> tuple[str, ...]:
        """Return the modules that a file names by a string, or hands on as a value, sorted; its own is none of them."""
        if self._last is None or self._last[0] is not facts:
            found = {self._absolute(facts, text) for text in facts.named}
            found = found.union(*(self._values(facts, alias) for alias in facts.aliases if alias.name != "*"))
            self._last = (facts, tuple(sorted(found - {"", self._layout.module(facts.path)})))
        return self._last[1]

    def _absolute(self, facts: FileFacts, text: str) -> str:
        module = text.lstrip(".")
        return self._layout.absolute(facts.path, module, len(text) - len(module))

    def _values(self, facts: FileFacts, alias: Alias) -> set[str]:
        """Return the modules that an import makes reachable by a value that the file hands to somebody."""
        bound = self._layout.bound(facts.path, alias)
        whole = bound if alias.name or alias.asname else alias.module
        parts = whole[len(bound) :].split(".")  # what follows the local name: "", "legacy" after `import app.legacy`
        spelled = [alias.local + ".".join(parts[: count + 1]) for count in range(len(parts))]
        values = facts.values
        return {whole} if bound and any(name in values for name in spelled) else set()

    def origins(self, facts: FileFacts, name: str) -> Iterator[Origin]:
        """Yield the legacy symbols that modules which the file has at hand hand on under a name."""
        for module in self.modules(facts):
            if self._layout.path(module) in self._known:
                origin = self._resolver.origin(module, name)
                if origin is not None and origin.name and origin.via:
                    yield origin

    def legacy_at_hand(self, facts: FileFacts) -> Iterator[str]:
        """Yield the legacy modules that the file has at hand."""
        return (module for module in self.modules(facts) if module in self._resolver.legacy.modules)
