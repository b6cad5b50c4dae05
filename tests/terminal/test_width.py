"""80 columns are enough for the sample: names and paths as long as those of a real code base."""

from __future__ import annotations

import pytest

from tests.terminal.modes import ASCII
from tests.terminal.test_screens import READABLE

# Not here: diffs, JSON and Markdown, which other programs read line by line, and errors, which are one line each.
WORDS = [
    "plan",
    "plan -v",
    "show --phase 1",
    "show --phase 2",
    "diff --phase 1 --stat",
    "apply -n --all",
    "status",
    "doctor",
    "check",
]


@pytest.mark.parametrize("words", WORDS)
def test_the_terminal_wraps_no_line(words, state, show):
    screen, _ = show(state("sample"), *words.split(), rows=2000)
    assert screen.code == (words == "check")
    assert [line for line in screen.wrapped if "/" not in line.split()[0]] == []
    assert screen.styles <= READABLE


def test_nor_in_ascii_where_some_signs_are_longer(state, show):
    screen, sent = show(state("sample"), "plan", **ASCII)
    assert sent.isascii()
    assert screen.wrapped == ()


def test_nor_what_is_told_of_commits(copied, show):
    folder = copied("sample")
    for words in (("apply", "--all"), ("history",), ("revert", "--phase", "4"), ("status",)):
        screen, _ = show(folder, *words)
        assert screen.code == 0
        assert screen.wrapped == ()
