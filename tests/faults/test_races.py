"""A part of `python -m tests.faults races`: several runs at once."""

import pytest

from tests.faults import races

RACES = [
    races.Race("apply", 1, 3, linked=False, number=0),
    races.Race("revert", 2, 2, linked=False, number=1),
    races.Race("continue", 2, 2, linked=False, number=2),
    races.Race("abort", 1, 2, linked=False, number=3),
    races.Race("apply", 2, 4, linked=True, number=5),
]


@pytest.mark.parametrize("race", RACES, ids=str)
def test_of_several_runs_one_wins_and_nothing_is_lost(small, tmp_path, race):
    codes, wrong = races.do(small, race, tmp_path)
    assert wrong == []
    assert codes[0] >= 1
