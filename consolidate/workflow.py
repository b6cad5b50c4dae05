"""What `apply` and `revert` do, as named steps: choose the phases, check, edit, prove, commit.

Values go from step to step; only the last one writes, and it is the git step's. Everything here that refuses does so
with nothing touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidate.errors import Interrupted, Refused, UsageProblem
from consolidate.gitstep.history import PhaseCommit, PhaseState
from consolidate.messages import phase_message, revert_message
from consolidate.plans import Chosen
from consolidate.tree import Tree
from consolidate.version import version
from planner.model import ChangeSet, FileChange, Phase, Plan

if TYPE_CHECKING:
    from consolidate.repository import Inverse, Repository

SHIMS, UNSHIM = "deprecation-shim", "remove-shim"  # the codemods on which every phase between them depends


@dataclass(frozen=True, slots=True)
class Step:
    """One phase, ready to be committed: its changes, its message, what it leaves."""

    phase: Phase
    changes: tuple[FileChange, ...]
    message: str


# Apply


def refuse_if_cut_off(repository: Repository) -> None:
    """Raise Interrupted while a run that was cut off is neither finished nor undone."""
    if pending := repository.pending():
        raise Interrupted(
            f"an earlier run was cut off: {pending.operation}",
            hint="`consolidate apply --continue` finishes it, `consolidate apply --abort` undoes it",
        )


def phases_to_apply(chosen: Chosen, number: int | None) -> tuple[Phase, ...]:
    """Return the phases that are meant, in order: one, or with None all that are open. Empty: nothing to do.

    Raises UsageProblem where there is no such phase, Refused (`order`) naming the phases that have to go before it.
    """
    if number is None:
        return chosen.open
    phase = chosen.phase(number)
    if number in chosen.applied:
        return ()
    before = [other.number for other in chosen.open if other.number < number]
    if before:
        names = ", ".join(map(str, before))
        raise Refused(
            f"phase {number} comes after {'phase' if len(before) == 1 else 'phases'} {names}, not applied yet",
            hint=f"`consolidate apply --phase {before[0]}` first, or `consolidate apply --all`",
            code="order",
            details=[f"phase {other}" for other in before],
        )
    return (phase,)


def make_step(plan: Plan, phase: Phase, tree: Tree, *, skip_unproved: bool = False) -> Step:
    """Return a phase as changes of a tree, proved once more. Raises Refused (`stale`, `unproved`)."""
    if phase.unproved and not skip_unproved:
        paths = [file.path for file in phase.unproved]
        raise Refused(
            f"phase {phase.number} has {len(paths)} of its files unproved: {phase.unproved[0].reason}",
            paths[0],
            f"read them in `consolidate show --phase {phase.number}`; `--skip-unproved` leaves them as they are",
            code="unproved",
            details=paths,
        )
    changes = tree.changes(phase)
    prove(plan, phase, tree)
    return Step(phase, changes, phase_message(plan, phase, version()))


def prove(plan: Plan, phase: Phase, tree: Tree) -> None:
    """Prove a phase's edits on the files as they are now. Raises Refused (`unproved`)."""
    from consolidate.planning import prove_phase

    failures = prove_phase(plan, phase, tree.read)
    if failures:
        first = failures[0]
        raise Refused(
            f"phase {phase.number} cannot be proved: {first.reason}",
            f"line {first.line}" if first.line else "",
            "this is a bug in consolidate or a plan that was tampered with; plan again",
            code="unproved",
        )


def commit_step(repository: Repository, step: Step, head: str) -> str:
    """Make the phase's commit on top of `head` (full id) and return it."""
    changes = ChangeSet(head, step.message, step.changes)
    return repository.apply(changes, expected_head=head, operation=f"apply --phase {step.phase.number}")


def predict(repository: Repository, steps: Sequence[Step], head: str) -> None:
    """Raise Refused where `commit_step` would refuse the first step: later ones build on what it makes."""
    if steps:
        repository.check(ChangeSet(head, steps[0].message, steps[0].changes), expected_head=head)


# Revert


def commits_to_revert(
    repository: Repository, states: Sequence[PhaseState], plan: Plan | None, number: int, *, through: bool
) -> tuple[PhaseCommit, ...]:
    """Return the commits to revert, newest first; empty where the phase is not applied.

    Raises UsageProblem where the phase was never applied, Refused (`order`) naming the phases that block it.
    """
    state = next((state for state in states if state.phase == number), None)
    if state is None and not (plan and 1 <= number <= len(plan.phases)):
        known = ", ".join(str(state.phase) for state in states) or "none"
        raise UsageProblem(f"there is no phase {number}", "--phase", f"applied or reverted are: {known}")
    applied = [other for other in states if other.applied and other.phase >= number]
    if through:
        return tuple(other.last for other in sorted(applied, key=lambda other: -other.phase))
    if state is None or not state.applied:
        return ()
    blocking = [other.phase for other in applied if other.phase > number and _depends(repository, other, state, plan)]
    if blocking:
        names = ", ".join(map(str, blocking))
        raise Refused(
            f"phase {number} is needed by {'phase' if len(blocking) == 1 else 'phases'} {names}, still applied",
            hint=f"`consolidate revert --phase {number} --through` reverts {names} and {number}, newest first",
            code="order",
            details=[f"phase {other}" for other in blocking],
        )
    return (state.last,)


def _depends(repository: Repository, later: PhaseState, earlier: PhaseState, plan: Plan | None) -> bool:
    """Tell if a later phase needs an earlier one: through a shared file, or because of the shims.

    Importers are moved on the strength of the shims, and the shims are removed on the strength of the importers. Where
    the plan is lost nobody can tell, so every later phase counts.
    """
    if plan is None or max(later.phase, earlier.phase) > len(plan.phases):
        return True
    if SHIMS in plan.phases[earlier.phase - 1].codemods or UNSHIM in plan.phases[later.phase - 1].codemods:
        return True
    files = [{delta.path for delta in repository.changed_files(state.last.commit)} for state in (later, earlier)]
    return bool(files[0] & files[1])


def predict_revert(repository: Repository, commits: Sequence[PhaseCommit]) -> tuple[Inverse, ...]:
    """Return what the reverts would change, or what is in their way. Nothing is written."""
    return repository.revert_changes([commit.commit for commit in commits])


def revert(repository: Repository, migration: str, commits: Sequence[PhaseCommit], head: str) -> tuple[str, ...]:
    """Make one revert commit for each phase commit, newest first, and return the new commits."""
    messages = [revert_message(migration, commit, version()) for commit in commits]
    numbers = ", ".join(str(commit.phase) for commit in commits)
    return repository.revert(
        [commit.commit for commit in commits], messages, expected_head=head, operation=f"revert --phase {numbers}"
    )
