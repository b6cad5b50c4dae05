"""Which modules the import statements of a module name, wherever these stand: read as far as somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from planner.contents import Blob, Contents
from planner.layout import Layout
from planner.named import Named, modules_of
from planner.snapshot import Snapshot


class Imports:
    """The modules of a snapshot that its modules name; `named` tells what files name."""

    def __init__(
        self, layout: Layout, snapshot: Snapshot, named: Callable[[Mapping[str, Blob]], Mapping[str, Named]]
    ) -> None:
        self._layout, self._snapshot, self._named = layout, snapshot, named
        self._known: dict[str, frozenset[str]] = {}

    def of(self, modules: Iterable[str]) -> set[str]:
        """Return the modules of the snapshot that the import statements of some modules name."""
        wanted = set(modules)
        paths = {path: module for module in wanted - self._known.keys() if (path := self._layout.path(module))}
        for path, found in self._named(Contents.of(self._snapshot, sorted(paths)).blobs).items():
            named = modules_of(path, found, self._layout)
            self._known[paths[path]] = frozenset(module for module in named if self._layout.path(module))
        self._known.update((module, frozenset()) for module in wanted - self._known.keys())
        return set().union(*(self._known[module] for module in wanted))
