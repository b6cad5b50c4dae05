"""What a legacy class and its replacement do not have in common: members that one lacks, has differently, or guards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from planner.interfaces import Interface, Interfaces, serves
from planner.legacy import Legacy
from planner.model import Symbol
from planner.syntax import PROTOCOL


class Difference(NamedTuple):
    """Compared members: those that are `common` ground for the comparison, and what differs.

    `members` are the names of the legacy class that were compared, `lacking` those that the replacement lacks or has
    differently, each with how; `added` those that only the replacement has; `readonly` those that can be set on the
    legacy class only, because the replacement has a property without a setter.
    """

    members: frozenset[str] = frozenset()
    lacking: Mapping[str, str] = {}
    added: frozenset[str] = frozenset()
    readonly: frozenset[str] = frozenset()


class Differences:
    """Compares the classes of one migration, each pair once."""

    def __init__(self, legacy: Legacy, interfaces: Interfaces) -> None:
        self._legacy, self._interfaces = legacy, interfaces
        self._known: dict[Symbol, Difference] = {}

    def of(self, key: Symbol) -> Difference:
        """Return the difference between a legacy class and its replacement; empty where either is no class."""
        if key not in self._known:
            destination = self._legacy.destination(key.module, key.name)
            if destination.symbol is None or destination.home:
                self._known[key] = Difference()
            else:
                old, new = self._interfaces.of(key), self._interfaces.of(destination.symbol)
                self._known[key] = _compare(old, new, destination.symbol.last)
        return self._known[key]


def _compare(old: Interface, new: Interface, taker: str) -> Difference:
    if old.kind != "class" or new.kind != "class":
        return Difference()
    found: dict[str, str] = {}
    for name in sorted(old.members):
        if name not in new.members:
            differs = "absent"
        elif _hidden(name) and name != "__call__":
            # Syntax calls it, and names no parameter.
            kinds = [method[0] if (method := side.method(name)) is not None else "" for side in (old, new)]
            differs = f"{kinds[1]} instead of {kinds[0]}" if all(kinds) and kinds[0] != kinds[1] else ""
        else:
            differs = serves(old.method(name), new.method(name))
        if differs and (name in PROTOCOL or not _hidden(name)):
            found[name] = f"{differs} on {taker}"
    members = frozenset(name for name in old.members if not _hidden(name)) | frozenset(found)
    silent = "__getattr__" in old.members
    added = (
        frozenset() if silent else frozenset(n for n in new.members - old.members if not _hidden(n) or n in PROTOCOL)
    )
    return Difference(members, found, added, (new.readonly & old.members) - old.readonly)


def _hidden(name: str) -> bool:
    return name.startswith("__")
