"""A plan that a command works with, and what became of its phases."""

from __future__ import annotations

from msgspec import Struct

from consolidate.errors import UsageProblem
from consolidate.gitstep.history import PhaseState
from planner.held import Held
from planner.model import Phase, Plan


class Chosen(Struct, frozen=True):
    """A plan and what became of its phases. `file` is the plan file that was named, "" for one that we keep."""

    plan: Plan
    states: tuple[PhaseState, ...] = ()
    file: str = ""

    @property
    def applied(self) -> tuple[int, ...]:
        """The numbers of the phases that the branch has."""
        return tuple(state.phase for state in self.states if state.applied)

    @property
    def open(self) -> tuple[Phase, ...]:
        """The phases that the branch does not have, in order."""
        return tuple(phase for phase in self.plan.phases if phase.number not in self.applied)

    def phase(self, number: int) -> Phase:
        """Return a phase by its number. Raises UsageProblem where the plan has none such."""
        if not 1 <= number <= len(self.plan.phases):
            count = len(self.plan.phases)
            known = f"the plan has phases 1 to {count}" if count > 1 else f"the plan has {count or 'no'} phase"
            raise UsageProblem(f"there is no phase {number}", "--phase", known)
        return self.plan.phases[number - 1]

    def rejected(self, held: tuple[Held, ...]) -> str:
        """Return the first file that an open phase changes although reviewers hold it, "" where there is none."""
        kept = {item.path for item in held if not item.removal}
        lasting = kept | {item.path for item in held}
        files = [file for phase in self.open for file in phase.files]
        return next((file.path for file in files if file.path in (lasting if file.deleted else kept)), "")
