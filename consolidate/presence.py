"""Which phases a commit's tree has, told from the plan: for squashes and reverts whose messages say nothing.

Pure. A plan names the contents of every file before and after each phase, so the tree alone tells how far a file is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from consolidate.gitstep.history import PhaseState
from planner.model import Plan


def presence(plan: Plan, blob: Callable[[str], str]) -> dict[int, bool]:
    """Return, by phase number, True where every file is as that phase or a later one left it, False where none is.

    `blob` returns the object id of a path, "" where there is no such file. Phases of which the tree cannot tell (a file
    that was changed by hand, one that is only partly there) are absent.
    """
    versions: dict[str, list[tuple[int, str]]] = {}  # of each file: the phase that made it, its object id
    for phase in plan.phases:
        for file in phase.files:
            versions.setdefault(file.path, [(0, file.blob)]).append((phase.number, file.result))
    there = {path: [number for number, id_ in made if id_ == blob(path)] for path, made in versions.items()}
    told: dict[int, bool] = {}
    for phase in plan.phases:
        # A file that a phase creates and a later one deletes is the same before and after: it tells nothing.
        answers = {tuple({number >= phase.number for number in there[file.path]}) for file in phase.files}
        if answers == {(True,)}:
            told[phase.number] = True
        elif answers == {(False,)}:
            told[phase.number] = False
    return told


def with_tree(plan: Plan, states: Sequence[PhaseState], blob: Callable[[str], str]) -> tuple[PhaseState, ...]:
    """Return the states, corrected where the tree contradicts the commits; phases without a commit are added."""
    known = {state.phase: state for state in states}
    for number, there in presence(plan, blob).items():
        state = known.get(number, PhaseState(number, ()))
        if state.applied != there:
            known[number] = replace(state, in_tree=there)
    return tuple(known[number] for number in sorted(known))
