"""The terms of each engine's contract, and what must be added to a replacement first: facts for the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.agreement import Addition, Constructor, EngineContract, Member, Verdict
from planner.config import Engine
from planner.contract import Contract
from planner.found import Found, FoundFile
from planner.interfaces import Interface, describe
from planner.model import Symbol


class Terms:
    """Tells them for the files of one survey, once the gate has decided about each."""

    def __init__(self, contract: Contract, files: Sequence[FoundFile]) -> None:
        self._contract, self._interfaces = contract, contract.interfaces
        self._references: dict[Symbol, list[tuple[FoundFile, list[Found]]]] = {}
        for file in files:
            by_key: dict[Symbol, list[Found]] = {}
            for item in file.references:
                by_key.setdefault(item.key, []).append(item)
            for key, references in by_key.items():
                self._references.setdefault(key, []).append((file, references))

    def of(self, engine: Engine) -> EngineContract:
        """Return the contract of an engine."""
        key = engine.legacy
        symbol = self._contract.legacy.destination(key.module, key.name).symbol
        old = self._interfaces.of(key)
        new = self._interfaces.of(symbol) if symbol is not None else Interface("")
        return EngineContract(
            engine.contract, self._constructor(engine, old, new), self._members(key, old, new) if symbol else ()
        )

    def _constructor(self, engine: Engine, old: Interface, new: Interface) -> Constructor:
        counts = {"bridged": 0, "fit": 0, "unfit": 0}
        places: list[tuple[str, int]] = []
        for file, references in self._references.get(engine.legacy, ()):
            for item in references:
                if item.form == "call" and item.use >= 0 and not item.rest and item.destination.symbol is not None:
                    fate, _ = self._contract.call(engine.legacy, item, file)
                    counts[fate] += 1
                    if fate == "unfit":
                        places.append((file.path, item.line))
        return Constructor(
            describe(old.parameters) if old.kind else "",
            describe(new.parameters) if new.kind else "",
            _verdict(engine, old, new),
            tuple(sorted(counts.items())),
            tuple(f"{path}:{line}" for path, line in sorted(places)),
        )

    def _members(self, key: Symbol, old: Interface, new: Interface) -> tuple[Member, ...]:
        known, lacking = self._contract.members(key), self._contract.lacking(key)
        places: dict[str, list[tuple[str, int]]] = {}
        certain: dict[str, list[tuple[str, int]]] = {}
        for file in self.users(key):
            for name, lines in file.facts.attributes:
                if name in known:
                    places.setdefault(name, []).extend((file.path, line) for line in lines)
            for name, line in _certain(file, key):
                if name in known:
                    certain.setdefault(name, []).append((file.path, line))
        rows = [
            Member(
                name,
                old.kind_of(name),
                old.signature(name),
                new.signature(name) or "absent",
                _compared(name, lacking, new),
                lacking.get(name, ""),
                len(found),
                len({path for path, _ in found}),
                tuple(f"{path}:{line}" for path, line in sorted(found)),
                tuple(f"{path}:{line}" for path, line in sorted(certain.get(name, ()))),
            )
            for name, found in places.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.uses, row.member)))

    def users(self, key: Symbol) -> list[FoundFile]:
        """Return the files that have an engine's name, by whatever way."""
        return [
            file
            for file, references in self._references.get(key, ())
            if any(item.use >= 0 or item.form in ("from-import", "re-export", "attribute") for item in references)
        ]

    def additions(self, engines: Iterable[Engine]) -> tuple[Addition, ...]:
        """Return what to add to each replacement, most used first; replacements in the order of the engines."""
        groups: dict[Symbol, list[Engine]] = {}
        for engine in engines:
            goes = self._contract.legacy.destination(engine.legacy.module, engine.legacy.name).symbol
            if goes is not None and self._contract.lacking(engine.legacy):
                groups.setdefault(goes, []).append(engine)
        return tuple(row for goes, members in groups.items() for row in self._for(goes, members))

    def _for(self, goes: Symbol, engines: Sequence[Engine]) -> list[Addition]:
        # Two engines may have the member, and a file may use both: each place counts once.
        places: dict[str, dict[str, int]] = {}
        having: dict[str, list[Engine]] = {}
        for engine in engines:
            lacking = self._contract.lacking(engine.legacy)
            used: set[str] = set()
            for file in self.users(engine.legacy):
                for name, lines in file.facts.attributes:
                    if name in lacking:
                        places.setdefault(name, {})[file.path] = len(lines)
                        used.add(name)
            for name in used:
                having.setdefault(name, []).append(engine)
        waiting = {path: names for path, names in self._waiting().items() if {symbol for symbol, _ in names} == {goes}}
        rows: list[Addition] = []
        there: set[tuple[Symbol, str]] = set()
        for name in sorted(places, key=lambda name: (-sum(places[name].values()), name)):
            there.add((goes, name))
            old = self._interfaces.of(having[name][0].legacy)
            how = self._contract.lacking(having[name][0].legacy)[name]
            rows.append(
                Addition(
                    str(goes),
                    name,
                    old.kind_of(name),
                    _definition(name, old),
                    Verdict.ABSENT if how.startswith("absent") else Verdict.DIFFERS,
                    how,
                    sum(places[name].values()),
                    len(places[name]),
                    sum(1 for names in waiting.values() if names <= there),
                    tuple(engine.id for engine in having[name]),
                )
            )
        return rows

    def _waiting(self) -> dict[str, frozenset[tuple[Symbol, str]]]:
        """Return what each file waits for to which the gate objects for lacking members alone."""
        found: dict[str, frozenset[tuple[Symbol, str]]] = {}
        others: set[str] = set()
        for (path, key), names in self._contract.blocked.items():
            goes = self._contract.legacy.destination(key.module, key.name).symbol
            if not names or goes is None:
                others.add(path)
            else:
                found[path] = found.get(path, frozenset()) | {(goes, name) for name in names}
        return {path: names for path, names in found.items() if path not in others}


def _verdict(engine: Engine, old: Interface, new: Interface) -> Verdict:
    if engine.call is not None:
        return Verdict.BRIDGED
    if old.parameters is None or new.parameters is None:
        return Verdict.UNKNOWN
    return Verdict.SAME if (old.kind, old.parameters) == (new.kind, new.parameters) else Verdict.DIFFERS


def _compared(name: str, lacking: object, new: Interface) -> Verdict:
    if not isinstance(lacking, dict) or name not in lacking:
        return Verdict.SAME
    return Verdict.DIFFERS if name in new.members else Verdict.ABSENT


def _certain(file: FoundFile, key: Symbol) -> list[tuple[str, int]]:
    """Return the members of a class or of its instances that a file uses with certainty, with their lines."""
    mine = {item.use: item for item in file.of(key) if item.use >= 0}
    found = [(item.rest[0], item.line) for item in mine.values() if item.rest]
    return found + [(name, line) for name, line, use in file.facts.held if use in mine and not mine[use].rest]


def _definition(name: str, interface: Interface) -> str:
    """Return a member as its definition would begin: `async run(self, task)`."""
    method = interface.method(name)
    signature = interface.signature(name)
    if method is None or method[0] == "property" or "static" in method[0]:
        return signature
    first = "cls" if "class method" in method[0] else "self"
    head, _, rest = signature.partition("(")
    return f"{head}({first}{'' if rest == ')' else ', '}{rest}"
