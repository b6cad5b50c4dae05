"""Which modules the import statements of a module name, wherever these stand: read as far as somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from planner.layout import Layout
from planner.named import Named, modules_of

Read = Callable[[Sequence[str]], Iterator[tuple[str, bytes | None]]]


class Imports:
    """The modules of a snapshot that its modules name; `read` gives the contents of files, `named` what these name."""

    def __init__(self, layout: Layout, read: Read, named: Callable[[Mapping[str, bytes]], Mapping[str, Named]]) -> None:
        self._layout, self._read, self._named = layout, read, named
        self._known: dict[str, frozenset[str]] = {}

    def of(self, modules: Iterable[str]) -> set[str]:
        """Return the modules of the snapshot that the import statements of some modules name."""
        wanted = set(modules)
        paths = {path: module for module in wanted - self._known.keys() if (path := self._layout.path(module))}
        contents = {path: data for path, data in self._read(sorted(paths)) if data is not None}
        for path, found in self._named(contents).items():
            named = modules_of(path, found, self._layout)
            self._known[paths[path]] = frozenset(module for module in named if self._layout.path(module))
        self._known.update((module, frozenset()) for module in wanted - self._known.keys())
        return set().union(*(self._known[module] for module in wanted))
