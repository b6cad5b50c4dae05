"""Bad inputs, row by row: one line, exit code 2 or 3, and not one byte is another one than before."""

from __future__ import annotations

import os

import pytest

from tests.hostile import bad_configs, bad_plans, bad_states

ROWS = [*bad_configs.ROWS, *bad_plans.ROWS, *bad_states.ROWS]


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_bad_input_is_told_in_one_line_and_nothing_is_touched(world, row):
    if row.needs == "no root" and os.geteuid() == 0:
        pytest.skip("root may do everything")
    row.make(world)
    before = world.state()
    ended = world.run(*row.words)
    assert ended.one_line, ended
    assert (ended.code, ended.out) == (row.code, "")
    assert row.says in ended.err
    assert "Traceback" not in ended.err
    assert world.state() == before


def test_every_row_has_a_name_of_its_own():
    assert len({row.name for row in ROWS}) == len(ROWS) >= 150
    assert {row.code for row in ROWS} == {2, 3}
