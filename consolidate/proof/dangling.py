"""Imports that lead nowhere, told from the facts about all modules of a repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from consolidate.proof.imports import ModuleFacts
from consolidate.proof.shim import EVERYTHING

# What the import system gives every module (Language Reference 3.2, PEP 366, PEP 451).
_GIVEN: Final = frozenset(
    {
        "__annotations__",
        "__builtins__",
        "__cached__",
        "__dict__",
        "__doc__",
        "__file__",
        "__loader__",
        "__name__",
        "__package__",
        "__path__",
        "__spec__",
    }
)


class Dangling(Struct, frozen=True, order=True):
    """An import that would fail: `importer` takes `name` ("" for the module itself) from `module` at `line`.

    `importer` is the key of its facts. `guarded` tells that a handler of ImportError stands around it, `typing` that
    only type checkers see it, `patched` that it is no import but the target of a patch.
    """

    importer: str
    line: int
    module: str
    name: str
    guarded: bool = False
    typing: bool = False
    patched: bool = False

    def __str__(self) -> str:
        """Say it in words, for a reason."""
        if self.patched:
            return f"line {self.line} patches {self.name} in {self.module}, which does not exist"
        return f"line {self.line} imports {self.name or 'it'} from {self.module}, which would fail"

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same before and after an edit: everything but the line."""
        return self.importer, self.module, self.name


def dangling(
    facts: Mapping[str, ModuleFacts], exists: Callable[[str], bool], load: Callable[[str], ModuleFacts | None]
) -> frozenset[Dangling]:
    """Return the imports and patches of in-repository modules that do not exist, or that lack the name taken from them.

    `facts` are the importers (by path or module, as the caller likes). `exists` tells whether a dotted module is in the
    repository, namespace packages included; `load` gives its facts, None where the file does not parse, which then
    may have any name; a namespace package has `ModuleFacts(module, True)`. A module counts as the repository's where
    its top package does.
    """
    exports = _Exports(exists, load)
    found = set()
    for importer, module in facts.items():
        for item in module.imports:
            if not exports.has(item.module, item.name):
                found.add(Dangling(importer, item.line, item.module, item.name, item.guarded, item.typing))
        for patch in module.patches:
            home, name = _split(patch.target, exists)
            if not exports.has(home, name):
                found.add(Dangling(importer, patch.line, home, name, patched=True))
    return frozenset(found)


def _split(target: str, exists: Callable[[str], bool]) -> tuple[str, str]:
    """Return a patch target as its longest prefix that is a module, and the name that is looked up in it."""
    parts = target.split(".")
    for index in range(len(parts) - 1, 0, -1):
        if exists(module := ".".join(parts[:index])):
            return module, parts[index]
    return ".".join(parts[:-1]), parts[-1]


def newly_dangling(before: frozenset[Dangling], after: frozenset[Dangling]) -> tuple[Dangling, ...]:
    """Return what dangles after an edit and did not before, lines aside, sorted."""
    known = {item.key for item in before}
    return tuple(sorted(item for item in after if item.key not in known))


class _Exports:
    def __init__(self, exists: Callable[[str], bool], load: Callable[[str], ModuleFacts | None]) -> None:
        self._exists, self._load = exists, load
        self._known: dict[tuple[str, str], bool] = {}

    def has(self, module: str, name: str) -> bool:
        key = (module, name)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._has(module, name)
        return found

    def _has(self, module: str, name: str) -> bool:
        if module.startswith("."):
            return False  # a relative import that leaves the top package
        if not self._exists(module):
            # Elsewhere installed, unless its top package is here.
            return not module or not self._exists(module.partition(".")[0])
        if name in ("", "*") or name in _GIVEN:
            return True
        # `a.b` of a shim may be a class in a module.
        first = name.partition(".")[0]
        return self._exists(f"{module}.{first}") or self._serves(module, first, set())

    def _serves(self, module: str, name: str, seen: set[str]) -> bool:
        if module in seen:
            return False
        seen.add(module)
        facts = self._load(module)
        if facts is None or name in facts.exports:
            return True
        if facts.moved is not None:
            return name in facts.moved or EVERYTHING in facts.moved or self._through_stars(facts, name, seen)
        return facts.open or self._through_stars(facts, name, seen)

    def _through_stars(self, facts: ModuleFacts, name: str, seen: set[str]) -> bool:
        for star in facts.stars:
            if not self._exists(star):
                if not self._exists(star.partition(".")[0]):
                    return True  # nobody here knows what an installed package brings
                continue
            source = self._load(star)
            hidden = source is not None and (
                name not in source.public if source.public is not None else name.startswith("_")
            )
            if not hidden and (self._exists(f"{star}.{name}") or self._serves(star, name, seen)):
                return True
        return False
