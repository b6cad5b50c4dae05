"""The Python inside of notebooks and documents beside the text around it: what holds it, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from planner.comments import SETTINGS
from planner.contract import Contract
from planner.decision import Decision
from planner.embedded import Embedded
from planner.found import Found, FoundFile
from planner.legacy import Legacy
from planner.marks import Mark
from planner.mentions import Mention
from planner.model import Action, Symbol, decode
from planner.names import Names
from planner.resolve import Resolver

_IDENTIFIER = re.compile(r"[a-z0-9][A-Z]|_|[0-9]")
"""What tells a name from a word: `UserEngine`, `make_engine`; `Engine` and `make` are words as well."""


def hold_opaque(file: FoundFile, code: Embedded, contract: Contract, *, runs: bool) -> None:
    """Let a symbol stay of which a name is used in what is no Python: a magic, a shell command, a broken block.

    What is used there of it cannot be told, so it counts as using the legacy implementation where that `runs`.
    """
    used = [(line, frozenset(re.findall(r"\w+", text))) for _, _, line, text in code.opaque]
    for key in sorted({item.key for item in file.references}):
        items = file.of(key)
        names = {file.facts.bindings[item.binding].name for item in items if item.binding >= 0}
        line, words = next(((line, words) for line, words in used if not names.isdisjoint(words)), (0, frozenset()))
        if not line:
            continue
        needs = runs and _needs_legacy(key, items[0], contract, words)
        for item in items:
            reason = f"`{min(names & words)}` is used in what is no Python ({file.path}:{line})"
            item.stay(Action.MANUAL if runs else Action.LEFT, reason, needs)


def _needs_legacy(key: Symbol, item: Found, contract: Contract, words: frozenset[str]) -> bool:
    """Tell whether what is done with a symbol out of sight needs the legacy implementation, as far as can be told."""
    engine = item.destination.engine
    if engine.legacy != key or engine.mode != "consolidate" or engine.contract != "check":
        return False
    old, new = contract.interfaces.of(key), contract.interfaces.of(engine.replacement)
    differs = engine.call is None and old.kind == "class" and old.parameters != new.parameters
    return differs or not words.isdisjoint(contract.lacking(key))


# ---- documents ------------------------------------------------------------------------------------------------------


class BlockNames(Names):
    """The local names in documents: each document by itself; what an importer is called is told by the code's names."""

    def __init__(self, files: Iterable[FoundFile], resolver: Resolver, replaced: frozenset[str], code: Names) -> None:
        super().__init__(tuple(files), resolver, 1, replaced)
        self._code = code

    def renamed(self, symbol: Symbol) -> str:
        """Return the new name of a module-level name of an importer, "" where it keeps its old one."""
        return self._code.renamed(symbol)


def clashes(
    path: str, data: bytes, legacy: Legacy, marks: Sequence[Mark], file: FoundFile | None = None
) -> dict[Symbol, str]:
    """Return the symbols that must stay in a document, so that its sentences keep their meaning, each with the reason.

    Those are symbols that would become one name there, and those whose replacement the document names already. In
    settings each value stands by itself.
    """
    if path.endswith((*SETTINGS, ".ipynb")):
        return {}
    named: dict[Symbol, set[Symbol]] = {}
    for mark in marks:
        if mark.mention.kind == "dotted" and mark.mention.name:
            _add(named, legacy, Symbol(mark.mention.module, mark.mention.name))
    for item in file.references if file is not None else ():
        if item.key.name and item.alias >= 0:
            _add(named, legacy, item.key)
    found: dict[Symbol, str] = {}
    text = decode(data) if named else ""
    for goes, symbols in named.items():
        others = sorted(str(symbol) for symbol in symbols)
        if len(symbols) > 1:
            found |= dict.fromkeys(symbols, f"{', '.join(others)} would all be {goes} in this document")
        elif _names(text, goes, {symbol.last for symbol in symbols}) or (file is not None and _imports(file, goes)):
            found |= dict.fromkeys(symbols, f"the document names {goes} as well, and tells the two apart")
    return found


def _add(named: dict[Symbol, set[Symbol]], legacy: Legacy, symbol: Symbol) -> None:
    goes = legacy.destination(symbol.module, symbol.name).symbol
    if goes is not None:
        named.setdefault(goes, set()).add(symbol)


def _names(text: str, symbol: Symbol, old: set[str]) -> bool:
    """Tell whether a text names a symbol: by its dotted name, or by a bare one that is new and no word of prose."""
    dotted = rf"(?<![\w./]){re.escape(symbol.module)}[.:]{re.escape(symbol.name)}(?!\w)"
    if re.search(dotted, text) is not None:
        return bool(symbol.name)
    bare = symbol.last not in old and _IDENTIFIER.search(symbol.last) is not None
    return bare and re.search(rf"(?<!\w){re.escape(symbol.last)}(?!\w)", text) is not None


def _imports(file: FoundFile, symbol: Symbol) -> bool:
    return any(Symbol(alias.module, alias.name) == symbol for alias in file.facts.aliases if not alias.level)


def hold_clashes(file: FoundFile, found: dict[Symbol, str]) -> None:
    """Let the references to symbols that must stay in a document stay."""
    for item in file.references:
        if item.key in found:
            item.stay(Action.LEFT, found[item.key])
        elif not item.key.name and any(symbol.module == item.key.module for symbol in found):
            item.stay(Action.LEFT, next(why for symbol, why in found.items() if symbol.module == item.key.module))
    # What is taken of a module stays with its import.
    modules = {item.binding: item.stays for item in file.references if item.form == "module-import" and item.stays}
    for item in file.references:
        if item.use >= 0 and item.binding in modules:
            item.stay(Action.LEFT, modules[item.binding])


# ---- what is told already -------------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """The lines of a module that a decision's references stand in, with the engine and the text of each."""

    lines: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    def covers(self, line: int, mention: Mention, legacy: Legacy) -> bool:
        """Tell whether a mention in a line of the module is told by one of its references."""
        engine = legacy.modules[mention.module].engine_of(mention.name).id
        return any(
            engine == other or (mention.kind == "name" and mention.name in text)
            for other, text in self.lines.get(line, ())
        )


def told(code: Embedded, decision: Decision) -> Told:
    """Return what the references of a decision tell, those in statements of several lines for all of these."""
    result = Told()
    facts = decision.facts
    spans = [(item.start, item.end) for item in facts.statements] + [
        (use.start, use.attributes[-1][2]) for use in facts.uses if use.attributes and use.certain
    ]
    ranges = [(code.module_line(start), code.module_line(end)) for start, end in spans]
    for item in decision.references:
        lines = {item.line}
        for first, last in ranges:
            if first <= item.line <= last:
                lines |= set(range(first, last + 1))
        for line in lines:
            result.lines.setdefault(line, []).append((item.engine, item.text))
    return result
