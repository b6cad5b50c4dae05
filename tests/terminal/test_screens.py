"""What each command shows in a terminal of 80 columns, whole: `snapshots/<name>.txt`, the styles right of each line.

`CONSOLIDATE_ACCEPT=1 pytest tests/terminal` writes the screens anew; they are to be read, then.
"""

from __future__ import annotations

import pytest

from consolidate.render import look
from tests.terminal.conftest import compare
from tests.terminal.screens import BY_NAME, SCREENS, Case

# What can be read on black and on white, in the palettes that terminals come with (VGA, xterm, Windows, macOS, GNOME).
# Not among them: white, black and their bright twins, of which one is the background; yellow (33), which is nearly
# as bright as white but on a VGA; blue (34), nearly black on many; every bright colour, for it fades on white; every
# background colour, for the text on it is in a colour that the user chose for another.
READABLE = {"bold", "dim", "red", "green", "cyan", "magenta"}


@pytest.mark.parametrize("case", SCREENS, ids=lambda case: case.name)
def test_a_screen(case: Case, state, copied, show):
    folder = copied(case.state) if case.writes else state(case.state)
    screen, _ = show(folder, *case.words)
    assert screen.code == case.code, screen
    compare(screen, case.name)
    assert screen.styles <= READABLE
    if not case.long_lines:
        assert screen.wrapped == ()


def test_every_style_is_readable_on_a_dark_and_on_a_light_background():
    assert set(look._CODES) <= READABLE


@pytest.mark.parametrize("background", ["15;0", "0;15"])
def test_nothing_depends_on_the_background(background, state, show):
    compare(show(state("new"), *BY_NAME["plan"].words, COLORFGBG=background)[0], "plan")
