"""Where the other names of the legacy modules go, as far as the code tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidate.render.words import number
from consolidate.starting.candidate import Candidate, words_of
from consolidate.starting.code import Code
from consolidate.starting.draft import DraftExport
from planner.facts import Definition, Exported, FileFacts
from planner.model import Symbol

if TYPE_CHECKING:
    from consolidate.starting.proposal import Proposed


def exports_of(
    code: Code, engines: Sequence[Proposed], survivors: Sequence[Candidate], names: Mapping[str, frozenset[str]]
) -> tuple[Proposed, ...]:
    """Return the engines in order, the first of each module with the names that others take from that module.

    `survivors` are what takes engines' places; `names` what each file defines.
    """
    order = sorted(engines, key=lambda engine: (engine.mode == "report", engine.candidate.symbol))
    legacy = {engine.candidate.symbol.module for engine in order if engine.mode == "consolidate"}
    known = {engine.candidate.symbol for engine in order} | {one.symbol for one in survivors}
    wanted: dict[str, list[Symbol]] = {}
    for module in sorted(legacy):
        facts = code.facts(code.layout.path(module))
        for item in facts.exports if facts is not None else ():
            symbol = Symbol(module, item.name)
            if not item.name.startswith("_") and symbol not in known and _is_own(item):
                wanted.setdefault(module, []).append(symbol)
    importers = code.importers((symbol for here in wanted.values() for symbol in here), whole=False)
    homes = _Homes(code, legacy, [one.symbol.module for one in survivors], names)
    result = []
    for engine in order:
        # Those of a module stand in one table: that of its first engine.
        here = wanted.pop(engine.candidate.symbol.module, []) if engine.mode == "consolidate" else []
        taken = [symbol for symbol in here if importers[symbol]]
        result.append(replace(engine, exports=tuple(homes.of(symbol, len(importers[symbol])) for symbol in taken)))
    return tuple(result)


def _is_own(item: Exported) -> bool:
    return not {"import", "type-import"} & set(item.kinds)


class _Homes:
    """Looks for what takes the place of a function, class or value."""

    def __init__(
        self, code: Code, legacy: set[str], modules: Sequence[str], names: Mapping[str, frozenset[str]]
    ) -> None:
        self._code, self._legacy, self._names = code, legacy, names
        self._modules = [module for module in dict.fromkeys(modules) if module not in legacy]

    def of(self, symbol: Symbol, importers: int) -> DraftExport:
        """Return where a name goes; sure is only what is the same thing beyond doubt."""
        by = f"imported by {number(importers, 'file')}"
        facts = self._code.facts(self._code.layout.path(symbol.module))
        assert facts is not None  # noqa: S101 - its exports were read
        if home := self._assigned(facts, symbol):
            return DraftExport(symbol.name, str(home), f"{by}; another name of it", True)
        definition = _definition(facts, symbol.name)
        if definition is not None:
            if home := self._same(definition):
                return DraftExport(symbol.name, str(home), f"{by}; the same name and interface", True)
            if home := self._similar(definition):
                return DraftExport(symbol.name, str(home), f"{by}; the same parameters: a guess")
        return DraftExport(symbol.name, None, f"{by}; no successor found")

    def _assigned(self, facts: FileFacts, symbol: Symbol) -> Symbol | None:
        """Return what a module-level `Name = Other` names, where that stands elsewhere."""
        value = next((item.value for item in facts.exports if item.name == symbol.name), "")
        home = self._code.interfaces.home(Symbol(symbol.module, value)) if value and "." not in value else None
        return home if home is not None and home.module not in self._legacy else None

    def _same(self, definition: Definition) -> Symbol | None:
        """Return the one definition elsewhere that has the name and the whole interface."""
        found = []
        for path, names in self._names.items():
            module = self._code.layout.module(path)
            if definition.name in names and module and module not in self._legacy:
                facts = self._code.facts(path)
                other = _definition(facts, definition.name) if facts is not None else None
                if other is not None and _serves(other, definition):
                    found.append(Symbol(module, definition.name))
        return found[0] if len(found) == 1 else None

    def _similar(self, definition: Definition) -> Symbol | None:
        """Return the function beside a survivor that has the parameters, and the most words of the name."""
        if definition.kind == "class":
            return None
        best: tuple[int, Symbol] | None = None
        for module in self._modules:
            facts = self._code.facts(self._code.layout.path(module))
            for other in facts.definitions if facts is not None else ():
                same = (other.kind, other.parameters, other.decorated)
                if same != (definition.kind, definition.parameters, definition.decorated):
                    continue
                shared = len({*words_of(other.name)} & {*words_of(definition.name)})
                first = words_of(other.name)[:1] == words_of(definition.name)[:1]
                if (first or definition.parameters) and (best is None or shared > best[0]):
                    best = shared, Symbol(module, other.name)
        return best[1] if best is not None else None


def _definition(facts: FileFacts, name: str) -> Definition | None:
    return next((item for item in reversed(facts.definitions) if item.name == name), None)


def _serves(new: Definition, old: Definition) -> bool:
    """Tell whether a definition is the same kind of thing as another of its name, with its whole interface."""
    return new.kind == old.kind and new.parameters == old.parameters and old.members <= new.members
