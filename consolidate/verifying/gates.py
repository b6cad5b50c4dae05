"""What a prepared commit has to pass before its branch moves: hooks first, which may change its message, then tests."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from consolidate.repository import Gate
from consolidate.verifying.hooks import Hooks
from consolidate.verifying.scratch import Scratch
from consolidate.verifying.verifier import Verdict, Verifier, gate


class Gates(Struct, frozen=True):
    """The gates that a run was asked for; each may be missing. `tell` is given what the tests say."""

    scratch: Scratch | None = None
    hooks: Hooks | None = None
    verifier: Verifier | None = None
    tell: Callable[[Verdict], None] = lambda _: None

    def of(self, phase: int) -> tuple[Gate, ...]:
        """Return the gates of one phase, in order."""
        found: list[Gate] = []
        if self.hooks and self.scratch:
            found.append(self.hooks.gate(self.scratch))
        if self.verifier:
            found.append(gate(self.verifier, phase, self.tell))
        return tuple(found)

    def after(self) -> None:
        """Do what comes once the branch has moved."""
        if self.hooks:
            self.hooks.after()
