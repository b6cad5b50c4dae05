"""A terminal that people use shows what the emulator shows: the same screens, the same styles."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import compare
from tests.terminal.screens import BY_NAME


@pytest.mark.parametrize("name", ["plan", "diff", "diff-stat-wide", "apply-out-of-order"])
def test_tmux_shows_the_same(name, state, in_tmux):
    case = BY_NAME[name]
    with in_tmux(state(case.state), *case.words) as terminal:
        screen = terminal.end()
    assert screen.code == case.code
    compare(screen, name)
