"""`review --interactive` in a terminal: keys are typed, screens are seen, and the next run goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.held import DECISIONS
from tests.terminal.conftest import compare
from tests.terminal.test_screens import READABLE

REVIEW = ("review", "--interactive")
SHAPE = "Accept it [y,n,a,d,e,j,q,?]?"
EDIT = "Accept this edit [y,n,a,d,e,j,q,?]?"


def session(terminal, *steps: tuple[str, str]):
    """Type each answer where its question stands last on the screen; return what is there at the end."""
    for question, answer in steps:
        # A question that was answered ends with the answer, so the next one is a new one.
        terminal.until(question)
        terminal.type(f"{answer}\n")
    return terminal.end()


def verdicts(folder: Path) -> list[tuple[str, str]]:
    kept = json.loads((folder / DECISIONS).read_bytes())["decisions"]
    return sorted((entry["verdict"], entry["comment"]) for entry in kept)


FIRST = (
    (SHAPE, "?"),
    (SHAPE, "e"),
    (EDIT, "?"),
    (EDIT, "e"),
    ("Comment:", "seen with Ann"),
    (EDIT, "y"),
    (SHAPE, "n"),
    ("(empty for no comment):", "not yet"),
    (SHAPE, "j"),
    (SHAPE, "maybe"),
    (SHAPE, "q"),
)


@pytest.mark.parametrize("where", ["start", "in_tmux"])
def test_each_key_and_the_next_run_goes_on(where, copied, request):
    begin, folder = request.getfixturevalue(where), copied("new")
    with begin(folder, *REVIEW) as terminal:
        screen = session(terminal, *FIRST)
    assert screen.code == 0
    assert screen.styles <= READABLE
    compare(screen, "review")
    first = verdicts(folder)
    assert first == [("accepted", "seen with Ann"), ("rejected", "not yet")]
    with begin(folder, *REVIEW) as terminal:  # what was decided is not asked about again
        screen = session(terminal, (SHAPE, "y"), (SHAPE, "d"), ("(empty for no comment):", ""))
    assert screen.code == 0
    compare(screen, "review-resumed")
    assert set(first) < set(verdicts(folder))
    with begin(folder, *REVIEW) as terminal:
        screen = terminal.end()
    assert screen.text.startswith("Nothing to do: every edit is decided on.")


def test_all_that_follow_are_accepted(copied, start):
    folder = copied("new")
    with start(folder, *REVIEW) as terminal:
        screen = session(terminal, (SHAPE, "a"))
    assert screen.code == 0
    assert {verdict for verdict, _ in verdicts(folder)} == {"accepted"}
    assert len(verdicts(folder)) > 10


@pytest.mark.parametrize(("keys", "code"), [("\x04", 0), ("\x03", 130)])
def test_the_end_of_input_and_an_interrupt_leave_the_rest_open(keys, code, copied, start):
    folder = copied("new")
    with start(folder, *REVIEW) as terminal:
        terminal.until(SHAPE)
        terminal.type("y\n")
        terminal.until(SHAPE)
        terminal.type(keys)
        screen = terminal.end()
    assert screen.code == code
    assert verdicts(folder) == [("accepted", "")]
