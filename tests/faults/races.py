"""Several runs at once: one of them changes the repository, and the others say that it is at work, or had been.

A run that comes while another one holds the lock exits with 5. One that comes when the winner has ended finds nothing
to do: `apply` and `revert` say so and exit with 0, `--continue` and `--abort` exit with 2, as they always do then.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults import launch, outcome
from tests.faults.scene import Case, Repository, Scene

MOST = 8  # runs at once


@dataclass(frozen=True, slots=True)
class Race:
    """`runs` (2 to 8) at once of an operation on a phase; with `linked`, half of them start in a linked worktree.

    The linked worktree is on a branch of its own, where the same phase can be applied too.
    """

    operation: str
    phase: int
    runs: int
    linked: bool
    number: int

    def __str__(self) -> str:
        where = ", in linked worktrees" if self.linked else ""
        return f"race #{self.number}: {self.runs} times {self.operation} phase {self.phase}{where}"


def races(scene: Scene, count: int) -> Iterator[Race]:
    """Yield races over all operations, phases and numbers of runs."""
    for number in range(count):
        operation = ("apply", "revert", "continue", "abort")[number % 4]
        linked = number % 8 in (4, 5)  # apply and revert only: what was cut off belongs to one worktree
        yield Race(operation, number // 4 % scene.phases + 1, 2 + number % (MOST - 1), linked, number)


def do(scene: Scene, race: Race, folder: Path) -> tuple[Counter[int], list[str]]:
    """Let it be run, in an empty folder; return the exit codes, and what is wrong afterwards."""
    case = scene.case(race.operation, race.phase)
    main = case.make(folder / "repository")
    places = [main]
    if race.linked:
        main.git("worktree", "add", "--quiet", "-b", "side", str(folder / "side"))
        places.append(Repository(folder / "side", scene.env))
    choose = random.Random(race.number)
    began = [_commits(place) for place in places]
    runs = []
    for number in range(race.runs):
        starter = launch.start if number == 0 and race.number % 4 == 0 else launch.fork
        runs.append((number % len(places), starter(case.words, places[number % len(places)].root, scene.env)))
        # At once, or one after the other within the time that a run takes.
        time.sleep(choose.choice((0, 0, choose.uniform(0, 0.2))))
    ended = [(place, run.wait()) for place, run in runs]
    wrong = list(_wrong(race, case, places, began, ended))
    return Counter(run.code for _, run in ended), [f"{race}: {problem}" for problem in wrong]


def _wrong(
    race: Race, case: Case, places: list[Repository], began: list[int], ended: list[tuple[int, launch.Ended]]
) -> Iterator[str]:
    for _, run in ended:
        yield from _loser(case, run)
    for number, place in enumerate(places):
        runs = [run for where, run in ended if where == number]
        winners = [run for run in runs if run.code == 0 and "Nothing to do" not in run.out]
        if len(winners) > 1 or (len(places) == 1 and not winners):
            yield f"{len(winners)} runs won: {runs}"
        new = _commits(place) - began[number]
        wanted = {"apply": 1, "revert": 1, "continue": 0, "abort": -1}[race.operation] * len(winners)
        if new != wanted:
            yield f"{new} new commits, not {wanted}"
    if not any(run.code == 0 for _, run in ended):
        yield f"nobody won: {ended}"
    main, won = places[0], any(where == 0 and run.code == 0 for where, run in ended)
    goal = (case.before if race.operation == "abort" else case.after) if won else case.start.state()
    if race.linked:
        for place in places:
            if place.git("ls-files", "--unmerged"):
                yield "conflicts"
        if said := places[1].git("status", "--porcelain", "--untracked-files=no"):
            yield f"the linked worktree is not clean: {said}"
    now = _own(main.state())
    if now != _own(goal):
        yield f"not as one run leaves it: {outcome.differences(now, _own(goal))}"
    if said := main.git("fsck", "--no-dangling", "--no-progress"):
        yield f"git fsck: {said}"
    if left := main.leftovers:
        yield f"left behind: {left}"


def _loser(case: Case, run: launch.Ended) -> Iterator[str]:
    """Yield what is wrong with how a run ended that did not win."""
    if run.code == 0:
        return
    told = {5: "another run holds the lock"}
    if case.words[1] != "--phase":
        told[2] = "no run was cut off"
    if run.code not in told or told[run.code] not in run.err or len(run.errors) != 1:
        yield f"a loser ended otherwise: {run}"
    if case.words[1] == "--phase" and "cut off" in run.err:
        yield f"it takes a run that is at work for one that was cut off: {run}"


def _own(state: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in state.items() if key != "<refs>"}


def _commits(place: Repository) -> int:
    return int(place.git("rev-list", "--count", "HEAD"))
