"""Which modules a module loads when it is imported: edges of import statements that run at module level."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from planner.layout import Layout
from planner.scan import ScanError, parse
from planner.visit import dotted


class ImportGraph:
    """Answers whether importing one module runs another, lazily.

    `read` gives a file's bytes, None if it has none; `expect` is told the paths that will be read next.

    Import statements in functions and below TYPE_CHECKING do not count, and modules in `cut` load nothing: they are to
    become shims, which import lazily.
    """

    def __init__(
        self, layout: Layout, read: Callable[[str], bytes | None], expect: Callable[[Sequence[str]], None]
    ) -> None:
        self._layout, self._read, self._expect = layout, read, expect
        self._edges: dict[str, tuple[str, ...]] = {}
        self._closures: dict[tuple[str, frozenset[str]], dict[str, str]] = {}

    def edges(self, module: str) -> tuple[str, ...]:
        """Return the modules of the repository that this one's import statements load, in order."""
        if module not in self._edges:
            path = self._layout.path(module)
            data = self._read(path) if path else None
            try:
                tree = parse(data, path) if data is not None else None
            except ScanError:
                tree = None
            found: dict[str, None] = {}
            for node in _module_level(tree.body if tree else []):
                for name in self._loaded(path, node):
                    found.setdefault(name)
            self._edges[module] = tuple(found)
        return self._edges[module]

    def _loaded(self, path: str, node: ast.Import | ast.ImportFrom) -> list[str]:
        layout = self._layout
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names if layout.exists(alias.name)]
        source = layout.absolute(path, node.module or "", node.level)
        if not layout.exists(source):
            return []
        inner = [f"{source}.{alias.name}" for alias in node.names if layout.exists(f"{source}.{alias.name}")]
        return [source, *inner] if len(inner) < len(node.names) or layout.path(source) else inner

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
            unknown = [self._layout.path(module) for module in level if module not in self._edges]
            self._expect([path for path in unknown if path])
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
