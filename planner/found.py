"""A reference while its fate is being decided."""

from __future__ import annotations

from msgspec import Struct

from planner.facts import FileFacts
from planner.legacy import Destination
from planner.model import Action, Symbol


class Found(Struct):
    """One reference in one file.

    `key` is the legacy symbol that it reaches. `alias`, `use` and `text` are indices into the file's facts, -1 where
    they do not apply; `binding` that of the binding through which a use reaches it. `stays` holds the reason why it is
    not rewritten, with the action that follows; `needs_legacy` tells that the legacy implementation must stay for it;
    `listed` is False for uses that only pass through a local alias and need no edit. `assigned` is the module that
    gives the symbol a name of its own by an assignment (`Name = Legacy`), where it is taken by that name. `kept` is
    the reason why a use is left whatever becomes of its import, "" where nothing is known so far.
    """

    form: str
    line: int
    column: int
    key: Symbol
    destination: Destination
    shown: str
    alias: int = -1
    use: int = -1
    text: int = -1
    binding: int = -1
    via: tuple[Symbol, ...] = ()
    rest: tuple[str, ...] = ()
    action: Action | None = None
    stays: str = ""
    needs_legacy: bool = False
    listed: bool = True
    new: str = ""
    assigned: str = ""
    kept: str = ""

    @property
    def constructed_by_rule(self) -> bool:
        """Tell whether it reaches a class that is constructed in another way by its engine's rule."""
        engine = self.destination.engine
        return engine.call is not None and engine.legacy == self.key and not self.rest

    def stay(self, action: Action, reason: str, needs_legacy: bool = False) -> None:
        """Decide that the reference is not rewritten; the first reason that is given stands."""
        if not self.stays:
            self.action, self.stays, self.needs_legacy = action, reason, needs_legacy


class FoundFile(Struct):
    """All references of one Python file, with its facts; `module` is its dotted name ("" where it has none)."""

    path: str
    module: str
    facts: FileFacts
    references: list[Found]

    def of(self, key: Symbol) -> list[Found]:
        """Return the references that reach one legacy symbol."""
        return [item for item in self.references if item.key == key]
