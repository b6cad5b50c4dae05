"""A part of `python -m tests.faults files` and `git`: operations that fail, and what the program makes of it."""

import pytest

from tests.faults import failures, fakegit
from tests.faults.failures import Failure

# Spread over a run: (operation, phase), and the share of its operations that come before the one that fails.
FILES = [
    (operation, phase, share / 100)
    for operation, phase, shares in (
        ("apply", 1, (47, 63, 76, 84, 95)),
        ("revert", 4, (66, 86, 93)),
        ("continue", 2, (60, 85)),
        ("abort", 4, (50, 75)),
    )
    for share in shares
]
GIT = [
    (operation, phase, share / 100)
    for operation, phase, shares in (
        ("apply", 4, (62, 76, 90)),
        ("revert", 1, (70, 90)),
        ("continue", 1, (90,)),
        ("abort", 1, (55, 80)),
    )
    for share in shares
]


@pytest.fixture(scope="session")
def listed(small, tmp_path_factory):
    """Return a function that lists the failures of an operation, in order."""
    known: dict[tuple[str, int, bool], list[Failure]] = {}

    def of(operation: str, phase: int, *, git: bool) -> list[Failure]:
        key = (operation, phase, git)
        if key not in known:
            find = failures.of_git if git else failures.of_files
            known[key] = list(find(small.case(operation, phase), tmp_path_factory.mktemp("count") / "twin"))
        return known[key]

    return of


@pytest.mark.parametrize(("operation", "phase", "share"), FILES)
def test_a_file_operation_that_fails(listed, tmp_path, operation, phase, share):
    there = listed(operation, phase, git=False)
    ways = (*failures.ERRNOS, *failures.STICKY)
    way = FILES.index((operation, phase, share)) % len(ways)
    first = int(share * len(there)) // len(ways) * len(ways)
    _, wrong = failures.do(there[first + way], tmp_path)
    assert wrong == []


@pytest.mark.parametrize(("operation", "phase", "share"), GIT)
def test_a_git_that_fails(listed, tmp_path, operation, phase, share):
    there = listed(operation, phase, git=True)
    number = GIT.index((operation, phase, share))
    # Those of the moment have more to them than the complaints.
    way = fakegit.WAYS.index(fakegit.MOMENTS[number % 4]) if number % 3 else number % len(fakegit.WAYS)
    first = int(share * len(there)) // len(fakegit.WAYS) * len(fakegit.WAYS)
    _, wrong = failures.do(there[first + way], tmp_path, new_process=number == 0)
    assert wrong == []


def test_the_operations_are_those_that_a_run_does(listed):
    count = len(listed("apply", 1, git=False)) // len((*failures.ERRNOS, *failures.STICKY))
    assert count > 150
    assert len(listed("apply", 4, git=True)) // len(fakegit.WAYS) > 25
