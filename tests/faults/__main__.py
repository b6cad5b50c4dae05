"""`python -m tests.faults`: kills, faults and races without mercy, in their full number; the tests do a part of them.

`kills` ends a run at every point of every operation on every phase; `random` kills process groups at random times;
`files` and `git` let every file or git operation fail in every way; `races` starts several runs at once.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults import failures, kills, races
from tests.faults.scene import Scene

KINDS = ("sample", "small")
# How many of the runs are new processes, as a user starts them, and not forks: one in so many.
NEW_PROCESS = 10
# Phase 1 changes files, 4 deletes them, and to revert it creates them again: together all that is done to a file.
FAULTED = (("apply", 1), ("revert", 4), ("continue", 1), ("abort", 4))

Outcome = tuple[str, list[str]]  # what happened, in one word or two; what is wrong
Trial = Callable[[Path], Outcome]


def main(arguments: list[str]) -> int:
    """Do what is asked for, print the figures, and return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("what", choices=sorted(WHAT))
    parser.add_argument("--count", type=int, default=0, help="how many (random: 500, races: 100, files and git: all)")
    parser.add_argument("--every-phase", action="store_true", help="files and git: for some hours")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="consolidate-faults-") as folder:
        more = {"every_phase": True} if options.every_phase else {}
        trials = list(WHAT[options.what](Path(folder), options.count, **more))
        counted, wrong = _try_all(trials, Path(folder), options.jobs)
    for name, count in sorted(counted.items()):
        print(f"{count:6} {name}")
    print(f"{len(trials)} runs in {time.monotonic() - started:.0f} s: {len(wrong)} with a problem")
    return int(bool(wrong))


def _try_all(trials: list[Trial], folder: Path, jobs: int) -> tuple[Counter[str], list[str]]:
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    # Forked, so that the scenes are there already, and nothing has to be pickled but a number.
    _Trials.all, _Trials.folder = trials, folder
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        for what, problems in pool.map(_try, range(len(trials)), chunksize=8):
            counted[what] += 1
            wrong += problems[:1]
            for problem in problems:
                print(problem, flush=True)
    return counted, wrong


class _Trials:
    all: list[Trial]
    folder: Path


def _try(number: int) -> Outcome:
    folder = _Trials.folder / f"trial-{number}"
    folder.mkdir()
    try:
        return _Trials.all[number](folder)
    except AssertionError as error:
        return "failed", [f"trial {number}: {error}"]
    finally:
        shutil.rmtree(folder)


def _kills(folder: Path, _: int) -> Iterator[Trial]:
    for kind in KINDS:
        scene = Scene(folder, kind)
        # Those of a phase together: what one of them leads to, another one often does too.
        for kill in sorted(kills.at_points(scene), key=lambda kill: (kill.phase, kill.point)):
            yield partial(_kill, scene, kill)


def _random(folder: Path, count: int) -> Iterator[Trial]:
    half = (count or 500) // len(KINDS)
    for kind in KINDS:
        scene = Scene(folder, kind)
        for kill in kills.at_random(scene, half):
            scene.case(kill.operation, kill.phase)
            yield partial(_kill, scene, kill)


def _faults(
    of: Callable[..., Iterator[failures.Failure]], folder: Path, count: int, every_phase: bool = False
) -> Iterator[Trial]:
    scene = Scene(folder, "small")
    every = [(operation, phase) for operation in kills.OPERATIONS for phase in range(1, scene.phases + 1)]
    found = [
        failure
        for operation, phase in (every if every_phase else FAULTED)
        for failure in of(scene.case(operation, phase), folder / f"count-{operation}-{phase}")
    ]
    for failure in random.Random(1).sample(found, count) if count else found:
        yield partial(_fault, failure)


def _fault(failure: failures.Failure, folder: Path) -> Outcome:
    code, wrong = failures.do(failure, folder, new_process=failure.git and failure.number % NEW_PROCESS == 0)
    return f"{failure.case.words[0]} {failure.case.words[1]}: exit {code}", wrong


def _races(folder: Path, count: int) -> Iterator[Trial]:
    for kind, share in (("sample", (count or 100) // 4), ("small", (count or 100) - (count or 100) // 4)):
        scene = Scene(folder, kind)
        for race in races.races(scene, share):
            scene.case(race.operation, race.phase)
            yield partial(_race, scene, race)


def _race(scene: Scene, race: races.Race, folder: Path) -> Outcome:
    codes, wrong = races.do(scene, race, folder)
    return f"{race.operation}: exit codes {sorted(codes)}", wrong


def _kill(scene: Scene, kill: kills.Kill, folder: Path) -> Outcome:
    new = kill.number % NEW_PROCESS == 0
    for attempt in range(20):
        place = folder / str(attempt)
        place.mkdir()
        hit, wrong = kills.do(scene, kill, place, new_process=new, seed=attempt)
        if hit or wrong:
            break
    return f"{scene.kind}: {kill.operation} killed" if hit else "never hit", wrong


WHAT: dict[str, Callable[[Path, int], Iterable[Any]]] = {
    "kills": _kills,
    "random": _random,
    "files": partial(_faults, failures.of_files),
    "git": partial(_faults, failures.of_git),
    "races": _races,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
