"""The same screens where less can be shown: without colours, in a dumb terminal, in a pipe, without UTF-8."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.terminal import project
from tests.terminal.conftest import compare, kept
from tests.terminal.modes import ASCII
from tests.terminal.screen import steady
from tests.terminal.screens import BY_NAME, Case

_COLOUR = re.compile(rb"\x1b\[[\d;:]*m")
SEEN = [BY_NAME[name] for name in ("plan", "diff-stat-wide", "doctor", "apply-out-of-order")]
each_screen = pytest.mark.parametrize("case", SEEN, ids=lambda case: case.name)


@each_screen
def test_no_color_takes_the_colours_and_nothing_else(case: Case, state, show):
    screen, sent = show(state(case.state), *case.words, NO_COLOR="1")
    assert not _COLOUR.search(sent)
    assert not screen.styles
    assert steady(screen.text) == kept(case.name)


@each_screen
def test_a_dumb_terminal_gets_characters_and_line_ends_alone(case: Case, state, show):
    screen, sent = show(state(case.state), *case.words, TERM="dumb")
    assert b"\x1b" not in sent
    assert b"\r" not in sent.replace(b"\r\n", b"")
    assert b"\b" not in sent
    assert steady(screen.text) == kept(case.name)


def test_a_dumb_terminal_gets_no_progress_of_a_long_run(state, show):
    for words, more, animated in (
        (("--no-cache", "status"), {}, True),
        (("--no-cache", "status"), {"TERM": "dumb"}, False),
    ):
        screen, sent = show(state("sample"), *words, **more)
        assert screen.code == 0
        assert (b"\r\x1b[K" in sent) == animated
        assert (b" of " in sent.partition(b"Migration ")[0]) == animated


@each_screen
def test_a_pipe_gets_the_same_text(case: Case, state, home):
    done = subprocess.run(
        [*project.PROGRAM, *case.words],
        cwd=state(case.state),
        env=project.environment(home, TERM="xterm-256color", PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert b"\x1b" not in done.stdout
    assert b"\r" not in done.stdout
    text = steady(done.stdout.decode())
    if case.long_lines:  # the terminal broke them
        assert text.split("\n")[1:] == [""]
        assert "".join(text.split()) == "".join(kept(case.name).split())
    else:
        assert text == kept(case.name)


@pytest.mark.parametrize("words", ["diff --phase 2", "report --format tracker"])
def test_a_pipe_gets_no_escapes_no_progress_and_no_pager(words, state, home, tmp_path):
    pager = {"PAGER": f"touch {tmp_path}/paged; cat"}
    done = project.run(state("begun"), home, "--no-cache", *words.split(), TERM="xterm-256color", **pager)
    assert done.stdout
    for stream in (done.stdout, done.stderr):
        assert b"\x1b" not in stream
        assert b"\r" not in stream
        assert b" of 100 " not in stream
    assert not (tmp_path / "paged").exists()


def test_a_pipe_gets_a_reference_a_line_however_long(state, home):
    out = project.run(state("new"), home, "plan", "-v").stdout.decode()
    line = next(line for line in out.splitlines() if "background/pausing.py:1 " in line)
    assert line.endswith("import BackgroundExecutionEngine")


@pytest.mark.parametrize("name", ["plan", "diff", "diff-stat-wide", "doctor", "check"])
def test_a_terminal_that_is_not_utf_8_gets_ascii(name, state, show):
    case = BY_NAME[name]
    screen, sent = show(state(case.state), *case.words, **ASCII)
    assert sent.isascii()
    assert screen.code == case.code, screen
    if not case.long_lines:
        assert screen.wrapped == ()
    if name in ("plan", "diff", "diff-stat-wide"):
        compare(screen, f"{name}-ascii")


def test_files_are_found_by_their_bytes_whatever_the_locale(copied, home):
    """Names are UTF-8 in git; where the locale says otherwise, the files are called so all the same."""
    folder = copied("new")
    for words in ("apply --all", "report --format tracker", "check netra/dynamic.py docs/übersicht.md"):
        done = project.run(folder, home, *words.split(), **ASCII)
        assert done.returncode == (words.startswith("check")), (words, done.stderr)
    assert "user_engine" in (folder / "docs/übersicht.md").read_text(encoding="utf-8")
    done = project.run(folder, home, "revert", "--phase", "1", "--through", **ASCII)
    assert done.returncode == 0, done.stderr
    assert (folder / "docs/übersicht.md").read_text(encoding="utf-8") == project.FILES["docs/übersicht.md"]
    clean = subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, check=True)
    assert clean.stdout == b""
