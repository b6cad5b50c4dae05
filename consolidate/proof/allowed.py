"""What a proof is told, and what it answers: values only."""

from __future__ import annotations

from msgspec import Struct


class CallRule(Struct, frozen=True):
    """How a constructor call changes, in Python's own syntax on both sides.

    `signature` is a parameter list in parentheses: `(registry, bridge, context=None)`. `expression` is what a call
    becomes, with the parameters as names: `UserEngine.create(registry, bridge, context)`. A dotted name in it that
    begins with the last segment of the replacement means the replacement, one that begins with the last but one means
    the class that the replacement is a member of. `replacement` is its dotted name, "" for that of the call's own move.
    """

    signature: str
    expression: str
    replacement: str = ""


class Allowed(Struct, frozen=True):
    """The differences that an edit of one file may make; everything else must stay as it is.

    `moves` maps dotted names to dotted names: a symbol (`legacy.mod.Name`), a path that re-exports it (`pkg.Name`), a
    renamed name of an importer (`importer.Old`) or a whole module. The longest entry that a name begins with counts.
    `calls` gives the rule of a dotted legacy symbol, re-export paths written out like the symbol itself; the
    replacement is the symbol's entry in `moves`. `strings` are whole string values, old and new. `stars` tells which
    names a star import brings: module, names.
    """

    moves: tuple[tuple[str, str], ...] = ()
    calls: tuple[tuple[str, CallRule], ...] = ()
    strings: tuple[tuple[str, str], ...] = ()
    stars: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Failure(Struct, frozen=True):
    """Why an edit is not proved. `line` is a line of the new file, 1-based, 0 where none can be told."""

    line: int
    reason: str


class NotProvedError(Exception):
    """Carries a Failure out of the depths of a proof; never leaves this package."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.failure = Failure(line, reason)
