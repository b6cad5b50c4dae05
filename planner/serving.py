"""Which names a shim serves, and what of its module must stay beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from planner.awaiting import adapter_is_async
from planner.callrule import CallRule
from planner.forms import is_code
from planner.found import Found, FoundFile
from planner.keep import Kept
from planner.legacy import LegacyModule
from planner.model import Symbol
from planner.survey import Survey


class Served(Struct, frozen=True):
    """One name of a shim: what it hands out, and the rule that bridges construction (None for an alias).

    `is_async` tells that the rule's adapter must be awaited, as the legacy function was.
    """

    name: str
    symbol: Symbol
    rule: CallRule | None
    function: bool
    is_async: bool


def keepable(survey: Survey, module: LegacyModule, demand: Demand, reserved: frozenset[str]) -> Kept | str:
    """Return what must stay in a module that becomes a shim, or why it cannot stay there alone.

    `demand` is that of the files as they will be then; `reserved` as for `keep`.
    """
    if module.facts is None or not module.path:
        return "its source cannot be read"
    for engine in module.engines:
        awaits = engine.call is not None and engine.call.awaited
        if awaits and survey.resolver.interfaces.of(engine.legacy).kind != "async function":
            return f"its rule awaits, and who calls `{engine.legacy.last}` does not"
    served = {item.name for item in serve(survey, module, demand)}
    wanted = {name for engine in module.engines for name, home in engine.exports if home is None} | {
        name for name in demand.of(module) if name not in served
    }
    defined = {item.name for item in module.facts.exports}
    gone = served - passed_on(module)
    return survey.keep(survey.contents.blobs[module.path], frozenset(wanted & defined), frozenset(gone), reserved)


def passed_on(module: LegacyModule) -> frozenset[str]:
    """Return the names that a module merely imports, and that are nothing else to the migration.

    What stays may go on importing them: then the shim has them from there. Who else takes them must not decide, because
    those move, and the next plan would no longer know.
    """
    configured = {name for engine in module.engines for name in (engine.legacy.name, *dict(engine.exports))}
    return module.imported - configured


def serve(survey: Survey, module: LegacyModule, demand: Demand) -> tuple[Served, ...]:
    """Return the names that a shim hands out from elsewhere, being configured, or in demand."""
    names = set(demand.of(module))
    for engine in module.engines:
        if engine.legacy.name:
            names.add(engine.legacy.name)
        names |= {name for name, home in engine.exports if home is not None}
    if module.facts is not None and module.facts.all_names is not None:
        names |= set(module.facts.all_names)
    result: list[Served] = []
    for name in sorted(names):
        destination = survey.legacy.destination(module.name, name)
        if destination.symbol is None or not destination.exists:
            continue
        engine = destination.engine
        rule = engine.call if engine.legacy == Symbol(module.name, name) and engine.shim != "alias" else None
        interfaces, legacy = survey.resolver.interfaces, Symbol(module.name, name)
        is_async = rule is not None and adapter_is_async(rule, legacy, destination.symbol, interfaces)
        result.append(Served(name, destination.symbol, rule, "function" in interfaces.of(legacy).kind, is_async))
    if any(not engine.legacy.name for engine in module.engines):
        result.insert(0, Served("*", Symbol(module.engines[0].replacement.module), None, False, False))
    return tuple(result)


class Demand:
    """The names that files take from the legacy modules of a survey."""

    def __init__(self, survey: Survey, files: Sequence[FoundFile]) -> None:
        self._survey, self._files = survey, files
        self._known: dict[str, frozenset[str]] = {}

    def of(self, module: LegacyModule) -> frozenset[str]:
        """Return the names that code takes from a legacy module.

        Of a file that no parser of this Python reads, every word counts that is a name of the module.
        """
        if module.name not in self._known:
            unread: set[str] = set()
            for path, words in self._survey.words.items():
                if module.name.rpartition(".")[2] in words and path != module.path:
                    unread |= module.names & words
            named = self._named.get(module.name, set())
            self._known[module.name] = frozenset(unread | named | self._sent(module) | self._behind_stars(module))
        return self._known[module.name]

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """The names that code takes by themselves, by module."""
        found: dict[str, set[str]] = {}
        for file in self._files:
            for item in file.references:
                if item.key.name and is_code(item.form):
                    found.setdefault(item.key.module, set()).add(item.key.name)
        return found

    @cached_property
    def _goals(self) -> frozenset[Symbol]:
        """Where others send who asks them for a name, by the configuration or by a shim."""
        goals = {item.destination.symbol for file in self._files for item in file.references if is_code(item.form)}
        legacy = self._survey.legacy
        for other in legacy.modules.values():
            configured = {name for engine in other.engines for name in (engine.legacy.name, *dict(engine.exports))}
            public = other.facts.all_names if other.facts is not None else None
            goals |= {legacy.destination(other.name, name).symbol for name in configured | set(public or ()) if name}
        return frozenset(goal for goal in goals if goal is not None)

    def _sent(self, module: LegacyModule) -> set[str]:
        """Return the names of a module to which others send."""
        return {goal.name.partition(".")[0] for goal in self._goals if goal.module == module.name} - {""}

    def _behind_stars(self, module: LegacyModule) -> set[str]:
        """Return what the module hands to a star import whose file hands all on by another: it cannot be told."""
        hubs = {file for file, item in self._stars if item.key.module == module.name and not item.via}
        handed_on = any(
            item.form == "star-import" and item.via and item.via[0].module in hubs
            for file in (self._survey.files if hubs else ())
            for item in file.references
        )
        if not handed_on:
            return set()
        return set(self._survey.resolver.star_names(module.name)) - self._survey.legacy.modules_of(module.name)

    @cached_property
    def _stars(self) -> list[tuple[str, Found]]:
        """The star imports, each with the module that it stands in."""
        return [(file.module, item) for file in self._files for item in file.references if item.form == "star-import"]
