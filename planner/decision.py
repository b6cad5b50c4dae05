"""What the planner decides for one file: the input of the codemods."""

from __future__ import annotations

from msgspec import Struct

from planner.bridge import Bridge
from planner.facts import FileFacts
from planner.model import Reference, Symbol


class Move(Struct, frozen=True):
    """The alias `alias` of the file's facts is to import `symbol` and to bind `local`.

    A symbol without name is a whole module that `import module` names; then `local` is the `as` name or "". `written`
    is the module as the statement is to spell it, with leading dots where it stays relative. `double` tells that an
    earlier statement of the same block imports the very same, so that this name may be left out.
    """

    alias: int
    symbol: Symbol
    local: str
    written: str
    double: bool = False


class StarMove(Struct, frozen=True):
    """The star import `alias` is to import these symbols instead: (module as written, name there, local name)."""

    alias: int
    names: tuple[tuple[str, str, str], ...]


class Rename(Struct, frozen=True):
    """The bytes `start` to `end` hold `old` and are to hold `new`."""

    start: int
    end: int
    old: str
    new: str
    line: int


class CallMove(Struct, frozen=True):
    """The call of use `use` is to follow a rule; `callee` is what the rule's root name becomes there."""

    use: int
    bridge: Bridge
    callee: str


class Decision(Struct, frozen=True):
    """All that is decided for one Python file.

    `group` is the smallest path of the files that must be edited in the same phase; what begins with `proof_` is what
    the proof may take for granted (planner.model.FileEdit). `passing` are those of the references that stay and yet do
    not need the legacy path themselves: they reach it through an import that is a reference of its own.
    """

    path: str
    facts: FileFacts
    moves: tuple[Move, ...]
    stars: tuple[StarMove, ...]
    renames: tuple[Rename, ...]
    calls: tuple[CallMove, ...]
    strings: tuple[Rename, ...]
    references: tuple[Reference, ...]
    group: str
    passing: tuple[Reference, ...]
    proof_renames: tuple[tuple[str, str], ...]
    proof_strings: tuple[tuple[str, str], ...]
    proof_stars: tuple[tuple[str, tuple[str, ...]], ...]
    proof_calls: tuple[tuple[str, str], ...]

    @property
    def edits_anything(self) -> bool:
        """Tell whether there is something for a codemod to do."""
        return bool(self.moves or self.stars or self.renames or self.calls or self.strings)
