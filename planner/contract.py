"""The contract gate: which importers can move, because the replacement has all that they use (contract.md).

An importer that uses a member which the replacement lacks, or a constructor form that neither fits the replacement nor
is bridged by the engine's call rule, stays on the legacy path, and the legacy implementation with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from planner.awaiting import adapter_is_async, unlike
from planner.bridge import bridge
from planner.config import Engine
from planner.construct import difference
from planner.differences import Differences
from planner.forms import is_code
from planner.found import Found, FoundFile
from planner.graph import ImportGraph
from planner.interfaces import Interfaces, bind, describe, serves
from planner.legacy import Legacy
from planner.model import Action, Symbol
from planner.touching import touched, touching

_AS_CLASS = frozenset({"base-class", "isinstance", "except", "annotation", "quoted-annotation"})


class Objection(NamedTuple):
    """Why an importer cannot move, and whether it needs the legacy implementation (a shim would not do).

    `members` are those that the replacement lacks, where there is nothing more to it.
    """

    reason: str
    needs_legacy: bool = True
    members: frozenset[str] = frozenset()


class Contract:
    """Checks importers against the replacements of one migration."""

    def __init__(self, legacy: Legacy, interfaces: Interfaces, graph: ImportGraph) -> None:
        self.legacy, self.interfaces, self.graph = legacy, interfaces, graph
        self._differences = Differences(legacy, interfaces)
        # What the last check objected to, by path and symbol: the members, or nothing where there is more to it.
        self.blocked: dict[tuple[str, Symbol], frozenset[str]] = {}

    def lacking(self, key: Symbol) -> Mapping[str, str]:
        """Return the members of a legacy class that its replacement lacks or has differently, each with how."""
        return self._differences.of(key).lacking

    def members(self, key: Symbol) -> frozenset[str]:
        """Return the members of a legacy class that are compared with those of its replacement.

        Of the names with double underscores they are those that differ, and that Python's syntax calls.
        """
        return self._differences.of(key).members

    def touched(self, key: Symbol) -> frozenset[str]:
        """Return the members of which the gate wants to know how and of what object they are used."""
        return touched(self._differences.of(key))

    def check(self, file: FoundFile, replaced: frozenset[str]) -> None:
        """Decide for every symbol of the file whether it can move; `replaced` are modules that become shims."""
        self._check_untold(file)
        for key in sorted({item.key for item in file.references if item.key.name}):
            references = [item for item in file.of(key) if not item.stays]
            if not references:
                continue
            destination = references[0].destination
            if destination.symbol is None:
                continue
            objection = self._cycle(file, references, destination.symbol, replaced)
            if objection is None:
                objection = self._calls(key, references, file)
            beside = None
            if objection is None and destination.engine.contract == "check" and not destination.home:
                objection = self._behind_shim(key, destination.engine)
            if objection is None and destination.engine.contract == "check" and not destination.home:
                beside = self._as_class(key, references) or self._base(key, references)
                beside = beside or self._values(key, file, references)
                objection = self._members(key, file, references) or beside
            self.blocked.pop((file.path, key), None)
            if objection is not None:
                self.blocked[file.path, key] = objection.members if beside is None else frozenset()
                for item in file.of(key):
                    item.stay(Action.MANUAL, objection.reason, objection.needs_legacy)

    def _behind_shim(self, key: Symbol, engine: Engine) -> Objection | None:
        """Object to who stayed on a shim that was forced: the legacy class, which told what they need, is gone."""
        facts = self.legacy.modules[key.module].facts
        if facts is None or not facts.is_shim or engine.shim not in ("alias", "adapter"):
            return None
        what = 'what it needs cannot be told any more (`contract = "accept"` moves it)'
        return Objection(f'the shim was forced with `shim = "{engine.shim}"`: {what}', needs_legacy=False)

    def _check_untold(self, file: FoundFile) -> None:
        """Keep the implementation for who reaches a legacy module in a way that cannot be told, and uses what it has.

        A member name that occurs in the file counts as used; so does the constructor, where no rule bridges it.
        """
        for item in file.references:
            if item.key.name or not item.stays or item.needs_legacy or not is_code(item.form):
                continue
            for engine in self.legacy.modules[item.key.module].engines:
                if engine.mode != "consolidate" or engine.contract != "check" or not engine.legacy.name:
                    continue
                lacking = self.lacking(engine.legacy)
                old, new = self.interfaces.of(engine.legacy), self.interfaces.of(engine.replacement)
                differs = engine.call is None and old.kind == "class" and old.parameters != new.parameters
                if differs or any(name in lacking for name, _ in file.facts.attributes):
                    item.needs_legacy = True

    def _cycle(
        self, file: FoundFile, references: list[Found], goes: Symbol, replaced: frozenset[str]
    ) -> Objection | None:
        if not file.module:
            return None
        facts, references = file.facts, [item for item in references if not item.assigned]
        names = {item.alias for item in references if item.alias >= 0 and item.use < 0}
        modules = {
            alias for item in references if item.binding >= 0 for alias in facts.bindings[item.binding].aliases
        } - names
        at_import = {alias for alias in names | modules if facts.statements[facts.aliases[alias].statement].at_import}
        if not at_import:
            return None
        # Who imports only the module takes its names later, and a shim serves them then.
        needs_legacy = bool(at_import & names)
        if file.module == goes.module:
            return Objection(f"{goes.module} would import itself", needs_legacy)
        chain = self.graph.chain(goes.module, file.module, replaced)
        if not chain:
            return None
        shown = " -> ".join(chain if len(chain) < 5 else (*chain[:2], "…", *chain[-2:]))
        return Objection(f"importing {goes.module} here would close an import cycle: {shown}", needs_legacy)

    def _members(self, key: Symbol, file: FoundFile, references: list[Found]) -> Objection | None:
        if not any(item.form != "comment" for item in references):
            return None
        symbol = references[0].destination.symbol
        if symbol is not None and "__getattr__" in self.interfaces.of(key).members - self.interfaces.of(symbol).members:
            return Objection(f"{key.last} answers to any attribute (`__getattr__`), {symbol.last} does not")
        if symbol is not None and (objection := self._on_class(key, symbol, references)):
            return objection
        lacking = self.lacking(key)
        used = [(name, lines) for name, lines in file.facts.attributes if name in lacking]
        if not used and symbol is not None:
            pair = (key.last, self.interfaces.of(key)), (symbol.last, self.interfaces.of(symbol))
            mine = [item for item in file.of(key) if is_code(item.form)]
            # Who only imports the class makes no object of it: what it does with others is not this file's to change.
            any_object = any(item.use >= 0 or item.text >= 0 for item in mine)
            uses = frozenset(item.use for item in mine if item.use >= 0)
            touches = [touch for touch in file.facts.touches if touch.use in uses or (any_object and touch.use < 0)]
            reason = touching(touches, self._differences.of(key), *pair)
            return Objection(reason) if reason else None
        if not used:
            return None
        used.sort(key=lambda item: (-len(item[1]), item[0]))
        name, lines = used[0]
        more = f" and {len(used) - 1} more" if len(used) > 1 else ""
        reason = f"it uses `{name}` (line {lines[0]}){more}, {lacking[name]}"
        return Objection(reason, members=frozenset(name for name, _ in used))

    def _on_class(self, key: Symbol, symbol: Symbol, references: list[Found]) -> Objection | None:
        """Object to `Old.limit` where only instances of the replacement have a `limit`."""
        old, new = self.interfaces.of(key), self.interfaces.of(symbol)
        for item in references:
            name = item.rest[0] if item.rest and item.use >= 0 else ""
            if old.kind_of(name) == "class attribute" and new.kind_of(name) == "instance attribute":
                what = f"which {symbol.last} sets on its instances only"
                return Objection(f"it uses `{key.last}.{name}` (line {item.line}), {what}")
        return None

    def _calls(self, key: Symbol, references: list[Found], file: FoundFile) -> Objection | None:
        destination = references[0].destination
        if destination.symbol is None or destination.home:
            return None
        calls = (item for item in references if item.form == "call" and item.use >= 0 and not item.rest)
        objections = (self.call(key, item, file)[1] for item in calls)
        return next((objection for objection in objections if objection is not None), None)

    def call(self, key: Symbol, item: Found, file: FoundFile) -> tuple[str, Objection | None]:
        """Return "fit", "bridged" (by the engine's rule) or "unfit" for one call, and what the gate objects to."""
        symbol, engine = item.destination.symbol, item.destination.engine
        use = file.facts.uses[item.use]
        rule = engine.call if engine.legacy == key else None
        if use.call is None:
            return "unfit", Objection(f"the call in line {item.line} stands in an f-string", needs_legacy=rule is None)
        if symbol is None:
            return "unfit", None
        old, new = self.interfaces.of(key), self.interfaces.of(symbol)
        if rule is not None:
            if why := unlike(rule, key, symbol, self.interfaces):
                needs_legacy = not adapter_is_async(rule, key, symbol, self.interfaces)
                return "unfit", Objection(f"{why} (line {item.line})", needs_legacy=needs_legacy)
            taken = bridge(rule, use.call)
            if not isinstance(taken, str):
                return "bridged", None
            # An adapter takes what its rule's parameters take; the other reasons concern the call site alone.
            unfit = taken.startswith("the arguments do not fit") and old.parameters is not None
            fits = unfit and bind(use.call.arguments, old.parameters or ()) is not None
            return "unfit", Objection(f"{taken} (line {item.line})", needs_legacy=fits)
        if old.kind and new.kind and old.kind != new.kind:
            awaited = (
                f"; the call is {'' if use.call.awaited else 'not '}awaited" if "async" in old.kind + new.kind else ""
            )
            reason = f"{key.last} is {_a(old.kind)}, {symbol.last} {_a(new.kind)}, and no rule bridges them{awaited}"
        else:
            reason = difference(use.call.arguments, (key.last, old.parameters), (symbol.last, new.parameters))
            verb = "calling" if old.kind.endswith("function") else "constructing"
            reason = f"{verb} it differs: {reason}" if reason else ""
        if not reason:
            return "fit", None
        return "unfit", Objection(f"{reason} (line {item.line})") if engine.contract == "check" else None

    def _as_class(self, key: Symbol, references: list[Found]) -> Objection | None:
        """Object to what only a class can do (`class Sub(Old)`, `isinstance`), where a function takes its place."""
        symbol = references[0].destination.symbol
        used = [item for item in references if item.form in _AS_CLASS or (item.use >= 0 and item.rest)]
        if not used or symbol is None or self.interfaces.of(key).kind != "class":
            return None
        kind = self.interfaces.of(symbol).kind
        if kind in ("", "class"):
            return None
        return Objection(f"it uses {key.last} as a class (line {used[0].line}), and {symbol.last} is {_a(kind)}")

    def _base(self, key: Symbol, references: list[Found]) -> Objection | None:
        symbol = references[0].destination.symbol
        bases = [item for item in references if item.form == "base-class"]
        if not bases or symbol is None:
            return None
        old, new = self.interfaces.of(key), self.interfaces.of(symbol)
        if old.kind and old.parameters != new.parameters:
            return Objection(
                f"it subclasses {key.last} (line {bases[0].line}), whose constructor {describe(old.parameters)} is not "
                f"that of {symbol.last} {describe(new.parameters)}"
            )
        return None

    def _values(self, key: Symbol, file: FoundFile, references: list[Found]) -> Objection | None:
        """Object to a name that is handed on, if it is to be called in another way: who calls it cannot be told."""
        symbol, engine = references[0].destination.symbol, references[0].destination.engine
        handed_on = [item for item in references if not item.rest and _hands_on(file, item)]
        if not handed_on or symbol is None:
            return None
        rule = engine.call if engine.legacy == key else None
        old, new = self.interfaces.of(key), self.interfaces.of(symbol)
        differs = "by the rule" if rule is not None else ""
        if not differs and old.kind and new.kind and old.kind != new.kind:
            differs = f"{new.kind} instead of {old.kind}"
        elif not differs and old.parameters is not None and new.parameters is not None:
            differs = serves((old.kind, old.parameters), (new.kind, new.parameters))
        if not differs:
            return None
        line = handed_on[0].line
        return Objection(f"{key.last} is handed on (line {line}), and calling it differs: {differs}", rule is None)


def _hands_on(file: FoundFile, item: Found) -> bool:
    """Tell whether a reference gives the symbol to somebody who may call it: as a value, or by its name in a string."""
    if item.use >= 0:
        return item.form in ("name", "attribute", "decorator") and not file.facts.uses[item.use].inert
    asked = item.form in ("string", "member") and bool(item.via)
    return asked or (item.text >= 0 and bool(item.via) and file.facts.texts[item.text].role in ("getattr", "vars"))


def _a(kind: str) -> str:
    return f"an {kind}" if kind.startswith("async") else f"a {kind}"
