"""Which file is which module: dotted names and paths, for any number of source roots, namespace packages included."""

from __future__ import annotations

from collections.abc import Iterable

from planner.facts import Alias
from planner.model import Symbol


class Layout:
    """The modules of a snapshot, seen from its source roots.

    A file below several roots (`.` and `src`) has one module name: the one seen from the deepest root.
    """

    def __init__(self, paths: Iterable[str], roots: tuple[str, ...] = (".",)) -> None:
        self._roots = sorted(("" if root == "." else root + "/" for root in roots), key=len, reverse=True)
        self._path: dict[str, str] = {}
        self._module: dict[str, str] = {}
        self._folders: set[str] = set()
        packages: dict[str, str | None] = {}  # by folder: what it adds to the names of its modules
        for path in sorted(paths):
            if not path.endswith((".py", ".pyi")):
                continue
            folder, _, file = path.rpartition("/")
            if folder not in packages:
                packages[folder] = self._package(folder)
            package, stem = packages[folder], file.rpartition(".")[0]
            if package is None or not (package if stem == "__init__" else stem.isidentifier()):
                continue
            name = package if stem == "__init__" else f"{package}.{stem}" if package else stem
            self._module[path] = name
            if path.endswith(".py") or name not in self._path:
                self._path[name] = path
            while package and package not in self._folders:
                self._folders.add(package)
                package = package.rpartition(".")[0]

    def _package(self, folder: str) -> str | None:
        """Return the dotted name of a folder as seen from the deepest root, None where it cannot be imported from."""
        for root in self._roots:
            if f"{folder}/".startswith(root):
                inside = f"{folder}/"[len(root) : -1]
                return inside.replace("/", ".") if not inside or _is_dotted(inside.split("/")) else None
        return None

    @property
    def modules(self) -> list[str]:
        """All modules that have a file, sorted."""
        return sorted(self._path)

    def module(self, path: str) -> str:
        """Return the dotted name of the module in a file, "" where the path is not importable."""
        return self._module.get(path, "")

    def path(self, module: str) -> str:
        """Return the path of a module, "" where the snapshot has none (a namespace package has none either)."""
        return self._path.get(module, "")

    def exists(self, module: str) -> bool:
        """Tell whether a dotted name is a module, a package or a namespace package of the snapshot."""
        return module in self._path or module in self._folders

    def is_package(self, path: str) -> bool:
        """Tell whether a file is the `__init__` of a package."""
        return path.rpartition("/")[2] in ("__init__.py", "__init__.pyi")

    def absolute(self, path: str, module: str, level: int) -> str:
        """Return the absolute name of `module` as imported with `level` dots in a file, "" where it leaves the tree."""
        if not level:
            return module
        parts = self.module(path).split(".")
        drop = level - 1 if self.is_package(path) else level
        if drop > len(parts) or parts == [""]:
            return ""
        kept = parts[: len(parts) - drop]
        return ".".join([*kept, module] if module else kept)

    def source(self, path: str, alias: Alias) -> str:
        """Return the absolute name of the module that an import in a file names, "" where it leaves the tree."""
        return self.absolute(path, alias.module, alias.level)

    def bound(self, path: str, alias: Alias) -> str:
        """Return what an import in a file binds to its local name, as a dotted name: `a.b` after `from a import b`."""
        source = self.source(path, alias)
        if alias.name:
            return f"{source}.{alias.name}" if source else ""
        return source if alias.asname else alias.local

    def split(self, dotted: str) -> Symbol | None:
        """Return the symbol that a dotted name means: its longest prefix that is a module, and the rest."""
        parts = dotted.split(".")
        for index in range(len(parts), 0, -1):
            module = ".".join(parts[:index])
            if self.exists(module):
                return Symbol(module, ".".join(parts[index:]))
        return None


def _is_dotted(parts: Iterable[str]) -> bool:
    return all(part.isidentifier() for part in parts)
