"""Kills: SIGKILL at a point of the git step, or to the whole process group at any time."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults import launch, outcome
from tests.faults.scene import Case, Repository, Scene

Starter = Callable[..., launch.Run]
OPERATIONS = ("apply", "revert", "continue", "abort")


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: of an operation on a phase, at a point (`file:3`); "" is a kill of the group at a random time.

    `number` counts the kills; it decides what is tried afterwards, and how the run is started.
    """

    kind: str
    operation: str
    phase: int
    point: str
    number: int

    def __str__(self) -> str:
        return f"#{self.number} {self.kind} {self.operation} phase {self.phase} at {self.point or 'random'}"


def at_points(scene: Scene) -> Iterator[Kill]:
    """Yield a kill for every point that every operation on every phase passes, each time that it passes it."""
    number = 0
    for operation in OPERATIONS:
        for phase in range(1, scene.phases + 1):
            case = scene.case(operation, phase)
            twin = case.make(scene.folder / f"points-{operation}-{phase}")
            for point in launch.points(case.words, twin.root, scene.env):
                yield Kill(scene.kind, operation, phase, point, number)
                number += 1


def at_random(scene: Scene, count: int) -> Iterator[Kill]:
    """Yield kills of the process group, over all operations and phases."""
    for number in range(count):
        phase, operation = divmod(number, len(OPERATIONS))
        yield Kill(scene.kind, OPERATIONS[operation], phase % scene.phases + 1, "", number)


def do(scene: Scene, kill: Kill, folder: Path, *, new_process: bool, seed: int = 0) -> tuple[bool, list[str]]:
    """Do a kill in an empty folder; return whether it hit, and what is wrong afterwards."""
    case = scene.case(kill.operation, kill.phase)
    repository = case.make(folder / "repository")
    starter = launch.start if new_process else launch.fork
    if kill.point:
        env = {**scene.env, "CONSOLIDATE_CRASH_AT": kill.point}
        ended = starter(case.words, repository.root, env).wait()
        wrong = [] if ended.code == -signal.SIGKILL else [f"it was not killed: {ended}"]
        hit = True
    else:
        hit = _at_random(case, repository, kill.number, seed, starter)
        wrong = []
    return hit, [f"{kill}: {problem}" for problem in (*wrong, *outcome.problems(case, repository, folder, kill.number))]


def _at_random(case: Case, repository: Repository, number: int, seed: int, starter: Starter) -> bool:
    """Kill the process group at a random time; return False where the run was quicker.

    Every other kill falls into the git step, which is the shorter part of a run.
    """
    choose = random.Random(1000 * number + seed)
    begin, end = _times(case, starter, repository.root.with_name("timed"))
    run = starter(case.words, repository.root, case.start.env)
    if number // len(OPERATIONS) % 2:
        while not run.ended() and not _changing(repository):
            time.sleep(0.0005)
        time.sleep(choose.uniform(0, end - begin))
    else:
        time.sleep(choose.uniform(0, end))
    hit = not run.ended()
    if hit:
        run.kill_group()
    run.wait()
    return hit


_known: dict[tuple[str, Starter], tuple[float, float]] = {}


def _times(case: Case, starter: Starter, folder: Path) -> tuple[float, float]:
    """Return when a run comes to the git step, and when it ends, in seconds from its start."""
    key = (case.name, starter)
    if key not in _known:
        twin = case.make(folder)
        started, begin = time.monotonic(), 0.0
        run = starter(case.words, twin.root, case.start.env)
        while not run.ended():
            if not begin and _changing(twin):
                begin = time.monotonic() - started
            time.sleep(0.0005)
        _known[key] = (begin, time.monotonic() - started)
        run.wait()
        shutil.rmtree(folder)
    return _known[key]


def _changing(repository: Repository) -> bool:
    """Whether the git step is at work."""
    git = repository.root / ".git"
    return any(map(os.path.lexists, (git / "consolidate" / "scratch", git / "index.lock")))
