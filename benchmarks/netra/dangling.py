"""Imports of the repository's own modules that name something which is not there.

A name that a module binds only under `if TYPE_CHECKING` is no run-time export. Where a module has a module-level
`__getattr__` (PEP 562), it may also hand out what it binds for type checkers and any name that it spells as a string:
that is how a lazy shim knows its names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reading import ImportStatement, Reading

Key = tuple[str, str]  # path, bound name (the module's name for `import a.b.c`)


@dataclass(frozen=True, slots=True)
class Modules:
    """The modules of one commit by dotted name, imported from the repository's root; `packages` are its folders."""

    readings: Mapping[str, Reading]
    paths: Mapping[str, str]
    packages: frozenset[str]

    @classmethod
    def of(cls, files: Mapping[str, Reading]) -> Modules:
        readings, paths, packages = {}, {}, set()
        for path in sorted(files):
            parts = path.removesuffix(".py").split("/")
            packages.update(".".join(parts[:end]) for end in range(1, len(parts)))
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if name not in readings or path.endswith("/__init__.py"):  # a package comes before a module of its name
                readings[name], paths[name] = files[path], path
        return cls(readings, paths, frozenset(packages))

    def exists(self, name: str) -> bool:
        return name in self.readings or name in self.packages

    def own(self, name: str) -> bool:
        """Say whether a module name is of this repository at all: its first segment is."""
        return self.exists(name.partition(".")[0])

    def has(self, module: str, name: str, typing: bool, seen: frozenset[str] = frozenset()) -> bool:
        """Say whether `from module import name` finds the name; yes where it can't be told."""
        reading = self.readings.get(module)
        if self.exists(f"{module}.{name}") or name.startswith("__"):
            return True
        if reading is None or module in seen:
            return False
        if reading.error or reading.dynamic or name in reading.exports:
            return True
        if (typing or reading.has_getattr) and name in reading.typing_exports:
            return True
        if name in reading.strings:
            return True
        return any(
            not self.own(source) or self.has(source, name, typing, seen | {module})
            for source in self.stars(module, reading)
        )

    def stars(self, module: str, reading: Reading) -> list[str]:
        path = self.paths[module]
        return [found.resolved(path) for found in reading.imports if ("*", "*") in found.names]


def dangling(files: Mapping[str, Reading]) -> Counter[Key]:
    """Return the imports that find nothing, by file and bound name; `files` is path -> Reading of one commit."""
    modules = Modules.of(files)
    return Counter(
        (path, bound)
        for path, reading in files.items()
        for statement in reading.imports
        for bound in missing(modules, path, statement)
    )


def missing(modules: Modules, path: str, statement: ImportStatement) -> list[str]:
    """Return the bound names of one statement that find nothing."""
    module = statement.resolved(path)
    if not module or not modules.own(module):
        return []
    if not modules.exists(module):
        return [bound for _, bound in statement.names] or [module]
    return [
        bound
        for imported, bound in statement.names
        if imported != "*" and not modules.has(module, imported, statement.typing_only)
    ]
