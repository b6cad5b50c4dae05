"""A part of `python -m tests.faults kills` and `random`: kills of the program itself, as a user runs it."""

import dataclasses

import pytest

from consolidate.gitstep import checkpoint
from tests.faults import kills, outcome
from tests.faults.scene import Scene

# The points that a run passes which goes on with what another one began.
CONTINUED = checkpoint.NAMES[checkpoint.NAMES.index("file-temporary") :]
ABORTED = checkpoint.NAMES[checkpoint.NAMES.index("journal-temporary") :]
POINTS = {
    "apply": checkpoint.NAMES,
    "revert": checkpoint.NAMES,
    "continue": CONTINUED,
    "abort": ABORTED,
}
# Phases 1 and 2 of the small migration change two files each, 3 changes one, 4 deletes two. One phase for all points:
# where `apply` and `--continue` leave the same, it is looked at once.
KILLS = [
    *((operation, 2 if operation == "revert" else 1, name) for operation, names in POINTS.items() for name in names),
    *((operation, phase, "file-temporary:2") for operation in POINTS for phase in (1, 2)),
    *((operation, 4, "file") for operation in POINTS),
    *((operation, 4, "file:2") for operation in POINTS),
    ("revert", 4, "file-temporary:2"),
    ("abort", 4, "file-temporary:2"),
]
NEW_PROCESS = 8  # one in so many is a new process and no fork


def test_there_are_enough_kills():
    assert len(set(KILLS)) == len(KILLS) >= 60


@pytest.mark.parametrize(("operation", "phase", "point"), KILLS, ids=lambda value: str(value))
def test_a_kill_leaves_the_state_before_or_after_or_one_to_resume(small, tmp_path, operation, phase, point):
    number = KILLS.index((operation, phase, point))
    kill = kills.Kill(small.kind, operation, phase, point, number)
    _, wrong = kills.do(small, kill, tmp_path, new_process=number % NEW_PROCESS == 0)
    assert wrong == []


@pytest.mark.parametrize("number", range(4))
def test_a_kill_of_the_process_group_at_any_time(small, tmp_path, number):
    kill = list(kills.at_random(small, number + 1))[number]
    _, wrong = kills.do(small, kill, tmp_path, new_process=number == 0)
    assert wrong == []


@pytest.mark.parametrize("words", outcome.COMMANDS, ids=lambda words: " ".join(words))
def test_every_command_says_that_a_run_was_cut_off(small, words):
    assert list(outcome.announced(small.cut_off(1, "file"), words)) == []


def test_what_is_looked_at_would_see_a_loss(small: Scene, tmp_path):
    """The checks themselves: a user's file changed, a phase's file half done, a journal lost."""
    case = small.case("apply", 1)

    def wrong(name: str, harm) -> str:
        repository = small.cut_off(1, "file").copy(tmp_path / name)
        harm(repository.root)
        (tmp_path / f"{name}-tries").mkdir()
        return " ".join(outcome.problems(case, repository, tmp_path / f"{name}-tries"))

    assert wrong("well", lambda root: None) == ""
    assert "the user's files changed" in wrong("user", lambda root: (root / "ignored.log").write_bytes(b"lost"))
    assert "neither before nor after" in wrong(
        "journal", lambda root: (root / ".git/consolidate/journal.json").unlink()
    )
    assert "does not lead there" in wrong("half", lambda root: (root / "app/older.py").write_bytes(b"half"))
    later = dataclasses.replace(case, after=small.case("apply", 2).after)
    assert list(outcome.problems(later, small.cut_off(1, "file").copy(tmp_path / "later"), tmp_path)) != []
