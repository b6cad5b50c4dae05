"""What `apply` and `revert` do, as named steps: choose the phases, check, edit, prove, commit.

Values go from step to step; only the last one writes, and it is the git step's. Everything here that refuses does so
with nothing touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidate.errors import Interrupted, Refused, UsageProblem
from consolidate.gitstep.history import PhaseCommit, PhaseState
from consolidate.messages import phase_message, revert_message
from consolidate.plans import Chosen
from consolidate.tree import Tree
from consolidate.version import version
from planner.model import ChangeSet, FileChange, Phase, Plan

if TYPE_CHECKING:
    from consolidate.repository import Gate, Inverse, Repository

SHIMS, UNSHIM = "deprecation-shim", "remove-shim"  # the codemods on which every phase between them depends


class Step(Struct, frozen=True):
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
    prove(plan, phase, {change.path: change.old or b"" for change in changes})
    return Step(phase, changes, phase_message(plan, phase, version()))


def prove(plan: Plan, phase: Phase, contents: Mapping[str, bytes]) -> None:
    """Prove a phase's edits on the contents that its files have now, by path. Raises Refused (`unproved`)."""
    from consolidate.proving import prove_phase

    failures = prove_phase(plan, phase, contents)
    if failures:
        first = failures[0]
        raise Refused(
            f"phase {phase.number} cannot be proved: {first.reason}",
            f"line {first.line}" if first.line else "",
            "this is a bug in consolidate or a plan that was tampered with; plan again",
            code="unproved",
        )


def commit_step(repository: Repository, step: Step, head: str, gates: Sequence[Gate] = ()) -> str:
    """Make the phase's commit on top of `head` (full id), if the gates let it through, and return it."""
    changes = ChangeSet(head, step.message, step.changes)
    operation = f"apply --phase {step.phase.number}"
    return repository.apply(changes, expected_head=head, operation=operation, gates=gates)


def predict(repository: Repository, steps: Sequence[Step], head: str) -> None:
    """Raise Refused where `commit_step` would refuse the first step: later ones build on what it makes."""
    if steps:
        repository.check(ChangeSet(head, steps[0].message, steps[0].changes), expected_head=head)


# Revert


def commits_to_revert(
    repository: Repository, states: Sequence[PhaseState], plan: Plan | None, number: int, *, through: bool
) -> tuple[PhaseCommit, ...]:
    """Return the commits to revert, newest first; empty where the phase is not applied.

    Raises UsageProblem where the phase was never applied, Refused (`order`, `no-commit`, `squashed`) naming the phases
    that block it.
    """
    state = next((state for state in states if state.phase == number), None)
    if state is None and not (plan and 1 <= number <= len(plan.phases)):
        known = ", ".join(str(state.phase) for state in states) or "none"
        raise UsageProblem(f"there is no phase {number}", "--phase", f"applied or reverted are: {known}")
    if not through and (state is None or not state.applied):
        return ()
    applied = [other for other in states if other.applied and other.phase >= number]
    blocking = [
        other.phase
        for other in applied
        if state is not None and other.phase > number and not through and _depends(repository, other, state, plan)
    ]
    if blocking:
        names = ", ".join(map(str, blocking))
        raise Refused(
            f"phase {number} is needed by {'phase' if len(blocking) == 1 else 'phases'} {names}, still applied",
            hint=f"`consolidate revert --phase {number} --through` reverts {names} and {number}, newest first",
            code="order",
            details=[f"phase {other}" for other in blocking],
        )
    wanted = applied if through else [other for other in applied if other.phase == number]
    for other in wanted:
        _refuse_without_commit(repository, other, plan)
    # The newest of each: the trailer of its revert speaks for those that a merge brought in beside it.
    commits = tuple(other.own[-1] for other in sorted(wanted, key=lambda other: -other.phase))
    _refuse_squashed(states, commits, number)
    return commits


def _refuse_without_commit(repository: Repository, state: PhaseState, plan: Plan | None) -> None:
    if state.own:
        return
    paths = [file.path for file in plan.phases[state.phase - 1].files] if plan else []
    by = repository.last_change(paths[0]) if paths else ""
    raise Refused(
        f"phase {state.phase} is applied, but no commit says that it did so",
        f"commit {by[:12]} changed {paths[0]} last" if by else "",
        "revert by hand with `git revert`: `consolidate status` sees it by the files",
        code="no-commit",
    )


def _refuse_squashed(states: Sequence[PhaseState], commits: Sequence[PhaseCommit], number: int) -> None:
    """Raise Refused (`squashed`) where a commit that is to be reverted holds other phases too."""
    for commit in commits:
        held = sorted(state.phase for state in states if commit.commit in {own.commit for own in state.own})
        others = [phase for phase in held if phase not in {each.phase for each in commits}]
        if others:
            names = ", ".join(map(str, others))
            raise Refused(
                f"phase {commit.phase} was squashed into one commit with {'phase' if len(others) == 1 else 'phases'} "
                f"{names}",
                f"commit {commit.commit[:12]}",
                f"`consolidate revert --phase {min(held)} --through` reverts them together",
                code="squashed",
                details=[f"phase {phase}" for phase in others],
            )


def _depends(repository: Repository, later: PhaseState, earlier: PhaseState, plan: Plan | None) -> bool:
    """Tell if a later phase needs an earlier one: through a shared file, or because of the shims.

    Importers are moved on the strength of the shims, and the shims are removed on the strength of the importers. Where
    the plan is lost nobody can tell, so every later phase counts. Phases of one squashed commit go together.
    """
    if plan is None or max(later.phase, earlier.phase) > len(plan.phases):
        return True
    if SHIMS in plan.phases[earlier.phase - 1].codemods or UNSHIM in plan.phases[later.phase - 1].codemods:
        return True
    ids = [{commit.commit for commit in state.own} for state in (later, earlier)]
    if ids[0] & ids[1]:
        return False
    files = [
        {file.path for file in plan.phases[state.phase - 1].files}.union(
            *({delta.path for delta in repository.changed_files(id_)} for id_ in own)
        )
        for state, own in zip((later, earlier), ids, strict=True)
    ]
    return bool(files[0] & files[1])


def by_commit(commits: Sequence[PhaseCommit]) -> dict[str, list[PhaseCommit]]:
    """Return the phases by the commit that made them, in the order in which the commits are reverted."""
    found: dict[str, list[PhaseCommit]] = {}
    for commit in commits:
        found.setdefault(commit.commit, []).append(commit)
    return found


def beside_the_plan(
    plan: Plan | None, groups: Mapping[str, Sequence[PhaseCommit]], inverses: Sequence[Inverse]
) -> dict[str, list[str]]:
    """Return what reverts would take back beside the phases, by commit: paths of an amended or a squashed commit."""
    found: dict[str, list[str]] = {}
    for (commit, phases), inverse in zip(groups.items(), inverses, strict=True):
        planned = {file.path for phase in phases for file in plan.phases[phase.phase - 1].files} if plan else set()
        if plan and (paths := [delta.path for delta in inverse.files if delta.path not in planned]):
            found[commit] = paths
    return found


def predict_revert(repository: Repository, commits: Sequence[PhaseCommit]) -> tuple[Inverse, ...]:
    """Return what the reverts would change, or what is in their way, commit by commit. Nothing is written."""
    return repository.revert_changes(list(by_commit(commits)))


def revert(repository: Repository, migration: str, commits: Sequence[PhaseCommit], head: str) -> tuple[str, ...]:
    """Make one revert commit for each commit of phases, newest first, and return the new commits."""
    groups = by_commit(commits)
    messages = [revert_message(migration, phases, version()) for phases in groups.values()]
    numbers = ", ".join(str(commit.phase) for commit in commits)
    return repository.revert(list(groups), messages, expected_head=head, operation=f"revert --phase {numbers}")
