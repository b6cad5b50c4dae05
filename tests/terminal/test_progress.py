"""The progress line in a terminal: seen while it stands there, with a clock that is told what time it is."""

from __future__ import annotations

import sys

import pytest

from tests.terminal import project
from tests.terminal.conftest import compare
from tests.terminal.emulator import Emulator
from tests.terminal.modes import ASCII
from tests.terminal.screen import Screen

# Five seconds pass before each line. After each it waits for a key, which the terminal does not echo.
PACED = """
import os, sys, time, tty
from consolidate.terminal import Terminal

tty.setcbreak(0)
now = 100.0
time.monotonic = lambda: now
terminal = Terminal()
terminal.note("a note from before")
steps = [("reading files", done, 200) for done in (0, 50, 150, 200)]
steps += [("proving a phase whose title is so long that it has to be cut somewhere in the middle", 1, 3)]
for step, done, total in steps:
    now += 5
    terminal.progress(step, done, total)
    os.read(0, 1)
terminal.out("the product")
"""


def paced(home, **more: str) -> tuple[list[Screen], Screen, bytes]:
    """Return the screens after each step, the last screen, and what was sent."""
    environment = project.environment(home, **{"TERM": "xterm-256color", **more})
    screens = []
    with Emulator([sys.executable, "-c", PACED], project.ROOT, environment, 24) as terminal:
        for end in ("0 of 200", "50 of 200, 15 s left", "150 of 200, 3 s left", "200 of 200", "1 of 3"):
            screens.append(terminal.until(end))
            terminal.type(" ")
        return screens, terminal.end(), terminal.sent


@pytest.mark.parametrize(("name", "more"), [("progress", {}), ("progress-ascii", ASCII)])
def test_a_bar_with_counts_and_time_left_is_one_line_written_over(name, more, home):
    screens, last, sent = paced(home, **more)
    for screen in screens:
        assert len(screen.lines) == 2
        assert screen.lines[0].text == "a note from before"
        assert not screen.wrapped
    if more:
        assert sent.isascii()
    assert last.text == "a note from before\nthe product\n"
    text = "".join(f"{screen.lines[1]}\n" for screen in screens)
    # Its durations are told by the test's clock: they stay as they are.
    compare(text.replace(" s left", " seconds left"), name)
