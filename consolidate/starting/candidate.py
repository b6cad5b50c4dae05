"""One definition that may be a duplicate of others, and what speaks for it."""

from __future__ import annotations

import re

from msgspec import Struct

from planner.model import Symbol

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_FORMER = frozenset({"Adapter", "Wrapper", "Legacy", "Old", "Deprecated", "Compat"})
"""Words of a name that tell of another one which is the real one."""


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in CamelCase or snake_case."""
    return tuple(_WORDS.findall(name.replace("_", " ")))


class Candidate(Struct, frozen=True):
    """A class or function whose name matches, or that resembles one whose name does.

    `kind` is "class", "function" or "redirect" (a module that hands out what another one defines: `home`). `found`
    tells by what it was found: "name", "bases" or "members". `members` are those of the class and its bases without
    Python's own (`__init__`), of a function its parameters; `bases` the classes of the repository that it derives from.
    `importers` are the paths of the files that import it, tests left out, `tests` those of the tests.
    """

    symbol: Symbol
    path: str
    line: int
    kind: str
    found: str
    members: frozenset[str] = frozenset()
    bases: frozenset[Symbol] = frozenset()
    importers: frozenset[str] = frozenset()
    tests: frozenset[str] = frozenset()
    deprecated: bool = False
    home: Symbol | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name."""
        return words_of(self.symbol.last)

    @property
    def head(self) -> str:
        """What it is, by its name: the `Factory` of an `ExecutionEngineFactory`, the `Engine` of its adapter.

        A function is known by what it does: the `create` of `create_engine`.
        """
        if self.kind == "function":
            return next(iter(self.words), "")
        plain = [word for word in self.words if word not in _FORMER]
        return plain[-1] if plain else ""

    @property
    def is_former(self) -> bool:
        """Whether its own words say that something else is the real one."""
        return self.deprecated or self.kind == "redirect" or not _FORMER.isdisjoint(self.words)

    @property
    def public(self) -> frozenset[str]:
        """The members that are for others."""
        return frozenset(name for name in self.members if not name.startswith("_"))

    def covered(self, other: Candidate) -> float:
        """Return which share of another one's public members this one has, too: 0 to 1."""
        return len(self.members & other.public) / len(other.public) if other.public else 0.0

    def shared(self, other: Candidate) -> frozenset[str]:
        """Return the members that both have."""
        return self.members & other.members

    def overlap(self, other: Candidate) -> float:
        """Return how many members both have, as a share of those of the smaller one: 0 to 1."""
        least = min(len(self.members), len(other.members))
        return len(self.shared(other)) / least if least else 0.0
