"""Which modules a module loads when it is imported: edges of import statements that run at module level."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from planner.layout import Layout
from planner.scan import ScanError, parse
from planner.visit import dotted


class Loading(Struct, frozen=True):
    """An import statement that runs when its module is imported.

    `names` are those of `from source import names`, `source` without its dots, which `level` counts; of `import names`
    the source is None.
    """

    names: tuple[str, ...]
    source: str | None = None
    level: int = 0


Loadings = tuple[Loading, ...]


def loadings(path: str, data: bytes) -> Loadings:
    """Return the import statements of a file that run when it is imported, in order; none of one that is no Python."""
    try:
        tree = parse(data, path)
    except ScanError:
        return ()
    return tuple(
        Loading(tuple(alias.name for alias in node.names))
        if isinstance(node, ast.Import)
        else Loading(tuple(alias.name for alias in node.names), node.module or "", node.level)
        for node in _module_level(tree.body)
    )


class ImportGraph:
    """Answers whether importing one module runs another, lazily.

    `read` gives the statements of the files at some paths; a file that it leaves out has none.

    Import statements in functions and below TYPE_CHECKING do not count, and modules in `cut` load nothing: they are to
    become shims, which import lazily.
    """

    def __init__(self, layout: Layout, read: Callable[[Sequence[str]], Mapping[str, Loadings]]) -> None:
        self._layout, self._read = layout, read
        self._edges: dict[str, tuple[str, ...]] = {}
        self._closures: dict[tuple[str, frozenset[str]], dict[str, str]] = {}

    def edges(self, module: str) -> tuple[str, ...]:
        """Return the modules of the repository that this one's import statements load, in order."""
        if module not in self._edges:
            self._look([module])
        return self._edges[module]

    def _look(self, modules: Sequence[str]) -> None:
        paths = {module: self._layout.path(module) for module in modules if module not in self._edges}
        found = self._read(sorted({path for path in paths.values() if path}))
        for module, path in paths.items():
            names = (name for item in found.get(path, ()) for name in self._loaded(path, item))
            self._edges[module] = tuple(dict.fromkeys(names))

    def _loaded(self, path: str, item: Loading) -> list[str]:
        layout = self._layout
        if item.source is None:
            return [name for name in item.names if layout.exists(name)]
        source = layout.absolute(path, item.source, item.level)
        if not layout.exists(source):
            return []
        inner = [f"{source}.{name}" for name in item.names if layout.exists(f"{source}.{name}")]
        return [source, *inner] if len(inner) < len(item.names) or layout.path(source) else inner

    def chain(self, start: str, goal: str, cut: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return how importing `start` comes to load `goal`, both ends included; empty where it does not."""
        key = (start, cut)
        if key not in self._closures:
            self._closures[key] = self._closure(start, cut)
        came_from = self._closures[key]
        if goal not in came_from or goal == start:
            return ()
        path = [goal]
        while path[-1] != start:
            path.append(came_from[path[-1]])
        return tuple(reversed(path))

    def _closure(self, start: str, cut: frozenset[str]) -> dict[str, str]:
        # The packages that hold `start` are being imported before it is: that they import it is no cycle.
        parents = {start.rsplit(".", depth)[0] for depth in range(1, start.count(".") + 1)}
        came_from = {start: start}
        level = [start]
        while level:
            self._look(level)
            following: list[str] = []
            for module in level:
                for step in () if module in cut else self._steps(module, parents):
                    if step not in came_from:
                        came_from[step] = module
                        following.append(step)
            level = following
        return came_from

    def _steps(self, module: str, parents: set[str]) -> list[str]:
        """Return what a module's imports run: the modules, and the packages that hold them."""
        steps: list[str] = []
        for target in self.edges(module):
            steps.append(target)
            prefix = target.rpartition(".")[0]
            while prefix:
                if prefix not in parents:
                    steps.append(prefix)
                prefix = prefix.rpartition(".")[0]
        return steps


def _module_level(body: list[ast.stmt]) -> list[ast.Import | ast.ImportFrom]:
    found: list[ast.Import | ast.ImportFrom] = []
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.append(node)
        elif isinstance(node, ast.If) and dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            found += _module_level(node.orelse)
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for name in ("body", "orelse", "finalbody"):
                found += _module_level(getattr(node, name, None) or [])
            for handler in getattr(node, "handlers", None) or []:
                found += _module_level(handler.body)
            for case in getattr(node, "cases", None) or []:
                found += _module_level(case.body)
    return found
