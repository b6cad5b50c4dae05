"""What the commits tell of a plan that cannot be had here: its phases, and nothing of what is still legacy."""

from __future__ import annotations

from msgspec import Struct

from consolidate.gitstep.history import PhaseCommit, PhaseState, states


class Record(Struct, frozen=True):
    """A plan by its trailers alone. `digest` is in hexadecimal, `total` the number of its phases.

    `why` says in one line why the plan cannot be had, and what to do about it.
    """

    migration: str
    digest: str
    total: int
    states: tuple[PhaseState, ...]
    why: str

    @property
    def open(self) -> tuple[int, ...]:
        """The numbers of the phases that the branch does not have, in order."""
        applied = {state.phase for state in self.states if state.applied}
        return tuple(number for number in range(1, self.total + 1) if number not in applied)


def record(migration: str, commits: tuple[PhaseCommit, ...], why: str) -> Record:
    """Return what the commits of one plan, at least one, tell of it."""
    total = max(max(commit.total, commit.phase) for commit in commits)
    return Record(migration, commits[0].plan.removeprefix("sha256:"), total, states(commits), why)
