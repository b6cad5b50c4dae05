"""The contract gate: which importers can move, because the replacement has all that they use (contract.md).

An importer that uses a member which the replacement lacks, or a constructor form that neither fits the replacement nor
is bridged by the engine's call rule, stays on the legacy path, and the legacy implementation with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.bridge import bridge
from planner.facts import Statement
from planner.found import Found, FoundFile
from planner.graph import ImportGraph
from planner.interfaces import Interfaces, bind, describe
from planner.legacy import Legacy
from planner.model import Action, Lacking, Symbol

_AT_IMPORT = frozenset({"function", "type-checking"})


class Contract:
    """Checks importers against the replacements of one migration."""

    def __init__(self, legacy: Legacy, interfaces: Interfaces, graph: ImportGraph) -> None:
        self.legacy, self.interfaces, self.graph = legacy, interfaces, graph

    def lacking(self, key: Symbol) -> frozenset[str]:
        """Return the members of a legacy class that its replacement does not have; dunder names do not count."""
        destination = self.legacy.destination(key.module, key.name)
        if destination.symbol is None or destination.home:
            return frozenset()
        old, new = self.interfaces.of(key), self.interfaces.of(destination.symbol)
        if old.kind != "class" or new.kind != "class":
            return frozenset()
        return frozenset(name for name in old.members - new.members if not name.startswith("__"))

    def check(self, file: FoundFile, replaced: frozenset[str]) -> None:
        """Decide for every symbol of the file whether it can move; `replaced` are modules that become shims."""
        for key in sorted({item.key for item in file.references if item.key.name}):
            references = [item for item in file.of(key) if not item.stays]
            if not references:
                continue
            destination = references[0].destination
            if destination.symbol is None:
                continue
            reason = self._cycle(file, references, destination.symbol, replaced)
            if not reason:
                reason = self._calls(key, references, file)
            if not reason and destination.engine.contract == "check" and not destination.home:
                reason = self._members(key, file, references) or self._base(key, references)
            if reason:
                bridged = reason.startswith(("the call", "the rule"))
                for item in file.of(key):
                    item.stay(Action.MANUAL, reason, needs_legacy=not bridged)

    def _needs_legacy(self, file: FoundFile, references: list[Found], reason: str) -> bool:
        """Tell whether what stays would not work with a shim either: a call that only the rewrite fails on does.

        So does an import of the whole module inside the replacement's closure: a shim takes its names later.
        """
        if reason.startswith(("the call", "the rule")):
            return False
        if not reason.startswith("importing "):
            return True
        facts = file.facts
        taken = [facts.aliases[item.alias].statement for item in references if item.alias >= 0 and item.use < 0]
        return any(_at_import(facts.statements[statement]) for statement in taken)

    def _cycle(self, file: FoundFile, references: list[Found], goes: Symbol, replaced: frozenset[str]) -> str:
        if not file.module:
            return ""
        facts = file.facts
        aliases = {item.alias for item in references if item.alias >= 0}
        for item in references:
            if item.binding >= 0:
                aliases.update(facts.bindings[item.binding].aliases)
        statements = [facts.statements[facts.aliases[alias].statement] for alias in sorted(aliases)]
        if not any(_at_import(statement) for statement in statements):
            return ""
        if file.module == goes.module:
            return f"{goes.module} would import itself"
        chain = self.graph.chain(goes.module, file.module, replaced)
        if not chain:
            return ""
        shown = " -> ".join(chain if len(chain) < 5 else (*chain[:2], "…", *chain[-2:]))
        return f"importing {goes.module} here would close an import cycle: {shown}"

    def _members(self, key: Symbol, file: FoundFile, references: list[Found]) -> str:
        if not any(item.form != "comment" for item in references):
            return ""
        lacking = self.lacking(key)
        used = [(name, lines) for name, lines in file.facts.attributes if name in lacking]
        if not used:
            return ""
        used.sort(key=lambda item: (-len(item[1]), item[0]))
        name, lines = used[0]
        more = f" and {len(used) - 1} more" if len(used) > 1 else ""
        goes = references[0].destination.symbol
        return f"it uses `{name}` (line {lines[0]}){more}, absent on {goes.last if goes else 'the replacement'}"

    def _calls(self, key: Symbol, references: list[Found], file: FoundFile) -> str:
        destination = references[0].destination
        symbol, engine = destination.symbol, destination.engine
        calls = [item for item in references if item.form == "call" and item.use >= 0 and not item.rest]
        if not calls or symbol is None or destination.home:
            return ""
        rule = engine.call if engine.legacy == key else None
        old, new = self.interfaces.of(key), self.interfaces.of(symbol)
        for item in calls:
            use = file.facts.uses[item.use]
            if use.call is None:
                return f"the call in line {item.line} stands in an f-string"
            if rule is not None:
                taken = bridge(rule, use.call)
                if isinstance(taken, str):
                    return taken + f" (line {item.line})"
                continue
            if engine.contract == "accept":
                continue
            if old.kind and new.kind and old.kind != new.kind:
                return f"{key.last} is a {old.kind}, {symbol.last} a {new.kind}, and no call rule bridges them"
            if new.parameters is None and old.parameters is None:
                continue
            before = bind(use.call.arguments, old.parameters) if old.parameters is not None else None
            after = bind(use.call.arguments, new.parameters) if new.parameters is not None else None
            if after is None or (old.parameters is not None and before != after):
                return (
                    f"constructing it differs: {key.last}{describe(old.parameters)} against "
                    f"{symbol.last}{describe(new.parameters)} (line {item.line})"
                )
        return ""

    def _base(self, key: Symbol, references: list[Found]) -> str:
        symbol = references[0].destination.symbol
        bases = [item for item in references if item.form == "base-class"]
        if not bases or symbol is None:
            return ""
        old, new = self.interfaces.of(key), self.interfaces.of(symbol)
        if old.kind and old.parameters != new.parameters:
            return (
                f"it subclasses {key.last} (line {bases[0].line}), whose constructor {describe(old.parameters)} is not "
                f"that of {symbol.last} {describe(new.parameters)}"
            )
        return ""

    def summary(self, key: Symbol, files: Iterable[FoundFile]) -> tuple[Lacking, ...]:
        """Return the members that importers use and the replacement lacks, most used first."""
        lacking = self.lacking(key)
        places: dict[str, list[tuple[str, int]]] = {}
        for file in files:
            if not any(item.form in ("from-import", "re-export", "attribute") for item in file.of(key)):
                continue
            for name, lines in file.facts.attributes:
                if name in lacking:
                    places.setdefault(name, []).extend((file.path, line) for line in lines)
        rows = [
            Lacking(name, len(found), len({path for path, _ in found}), tuple(f"{p}:{n}" for p, n in sorted(found)))
            for name, found in places.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.uses, row.member)))


def _at_import(statement: Statement) -> bool:
    return not (statement.context & _AT_IMPORT)
