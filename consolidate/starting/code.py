"""The Python of one commit, as far as somebody asks for it: modules, definitions, importers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from planner.config import TESTS
from planner.facts import NO_INTEREST, FileFacts
from planner.hazards import is_risky, refusal
from planner.interfaces import Interfaces
from planner.layout import Layout
from planner.model import Symbol
from planner.named import Named, named
from planner.patterns import matcher
from planner.scan import ScanError, scan
from planner.snapshot import Snapshot

Progress = Callable[[str, int, int], None]

# Folders of code that nobody runs: copies that were put aside, and what others wrote.
_ASIDE = re.compile(
    r"(?:.*/)?(?:archived?|archives|backups?|backups?[-_][^/]*\d{6}[^/]*|vendor|vendored|third_party|node_modules)(?=/)"
)


class Code:
    """The Python files of a snapshot. `roots` are the source roots; `unread` says why a file could not be read."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.paths = [file.path for file in snapshot.files if file.mode.startswith("100") and file.path.endswith(".py")]
        self.roots = source_roots(self.paths)
        self.layout = Layout(self.paths, self.roots)
        self.interfaces = Interfaces(self.layout, self.facts)
        self.unread: dict[str, str] = {}
        self._tests = matcher(TESTS)
        self._facts: dict[str, FileFacts | None] = {}
        self._named: dict[str, Named] = {}
        self._homes: dict[Symbol, Symbol | None] = {}

    def is_test(self, path: str) -> bool:
        """Tell whether a file is a test by the names that tests have."""
        return self._tests.fullmatch(path) is not None

    def aside(self) -> list[str]:
        """Return the outermost folders of code that was put aside, sorted."""
        found = {match[0] for path in self.paths if (match := _ASIDE.match(path))}
        return sorted(one for one in found if not any(one.startswith(f"{other}/") for other in found))

    def product(self) -> list[str]:
        """Return the paths of the code that is neither a test nor put aside."""
        return [path for path in self.paths if not self.is_test(path) and not _ASIDE.match(path)]

    def read(self, paths: Sequence[str]) -> Iterable[tuple[str, bytes]]:
        """Yield the files that there are."""
        return ((path, data) for path, data in self._snapshot.read(paths) if data is not None)

    def facts(self, path: str) -> FileFacts | None:
        """Return what a file offers, with its definitions; None where it cannot be read as Python."""
        if path not in self._facts:
            self._facts[path] = None
            for _, data in self.read([path]):
                self._facts[path] = self._scan(path, data)
        return self._facts[path]

    def _scan(self, path: str, data: bytes) -> FileFacts | None:
        reason = refusal(path, data) or ("it may cost the parser its process" if is_risky(data) else "")
        try:
            if not reason:
                return scan(path, data, NO_INTEREST, with_definitions=True, shallow=True)
        except ScanError as error:
            reason = str(error)
        self.unread[path] = reason
        return None

    def importers(self, symbols: Iterable[Symbol], *, whole: bool = True) -> dict[Symbol, frozenset[str]]:
        """Return the files that import each symbol: by its name, also through a package, if `whole` by its module."""
        found = {symbol: set[str]() for symbol in symbols}
        by_name: dict[str, list[Symbol]] = {}
        by_module: dict[str, list[Symbol]] = {}
        for symbol in found:
            by_name.setdefault(symbol.name, []).append(symbol)
            by_module.setdefault(symbol.module, []).append(symbol)
        words = sorted({word for symbol in found for word in (symbol.module.rpartition(".")[2], symbol.last)})
        for path, imports in self._imports(words) if words else ():
            for taken in self._taken(path, imports):
                if taken.name in ("", "*"):
                    here = by_module.get(taken.module, []) if whole else []
                else:
                    here = [symbol for symbol in by_name.get(taken.name, ()) if self._is(taken, symbol)]
                for symbol in here:
                    if self.layout.module(path) != symbol.module:
                        found[symbol].add(path)
        return {symbol: frozenset(paths) for symbol, paths in found.items()}

    def _is(self, taken: Symbol, symbol: Symbol) -> bool:
        """Tell whether a name that is taken from a module is the symbol, handed on by a package perhaps."""
        if taken not in self._homes:
            self._homes[taken] = self.interfaces.home(taken) if self.layout.exists(taken.module) else None
        return taken == symbol or self._homes[taken] == symbol

    def _imports(self, words: Sequence[str]) -> Iterable[tuple[str, Named]]:
        holding = self._snapshot.containing(words, (".py",)).intersection(self.paths)
        missing = sorted(path for path in holding if path not in self._named)
        self._named.update((path, named(data)) for path, data in self.read(missing))
        return ((path, self._named[path]) for path in sorted(holding) if path in self._named)

    def _taken(self, path: str, found: Named) -> set[Symbol]:
        """Return what the import statements of a file take, modules without a name."""
        taken = {Symbol(module, "") for module in found.plain}
        for source, names in found.taken:
            rest = source.lstrip(".")
            base = self.layout.absolute(path, rest, len(source) - len(rest))
            for name in names if base else ():
                inner = f"{base}.{name}"
                taken.add(Symbol(inner, "") if name != "*" and self.layout.exists(inner) else Symbol(base, name))
        return taken


def source_roots(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the folders that `import` starts from: the repository, and each `src` that is no package."""
    paths = set(paths)
    found = {match[1] for path in paths if (match := re.match(r"((?:[^/]+/){0,2}src)/", path))}
    return (".", *sorted(root for root in found if f"{root}/__init__.py" not in paths))
