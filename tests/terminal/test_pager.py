"""A diff is shown by the user's pager on a terminal, and nowhere else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.terminal import project

DIFF = ("diff", "--phase", "2")


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """Return a program that shows a page that no diff holds, and keeps what it was given."""
    script = tmp_path / "pager"
    script.write_text('#!/bin/sh\ncat > "$0.paged"\necho shown by the pager\n')
    script.chmod(0o755)
    return script


@pytest.mark.parametrize(
    ("words", "more", "paged"),
    [
        (DIFF, {}, True),
        ((*DIFF, "--no-pager"), {}, False),
        ((*DIFF, "--stat"), {}, False),
        (("plan",), {}, False),
        (DIFF, {"TERM": "dumb"}, False),
        (DIFF, {"GIT_PAGER": "cat"}, False),
    ],
)
def test_what_is_paged(words, more, paged, state, show, pager):
    screen, sent = show(state("new"), *words, **{"PAGER": str(pager), **more})
    assert screen.code == 0
    kept = pager.with_suffix(".paged")
    assert kept.exists() == paged
    assert (screen.text == "shown by the pager\n") == paged
    if paged:
        assert b"\x1b[32m+from netra.user_engine import UserEngine" in kept.read_bytes()
        assert b"diff --git" not in sent


def test_a_pipe_is_not_paged(state, home, pager):
    done = project.run(state("new"), home, *DIFF, TERM="xterm-256color", PAGER=str(pager))
    assert done.stdout.startswith(b"diff --git")
    assert not pager.with_suffix(".paged").exists()


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_less_pages_what_is_longer_than_the_screen_in_colours(state, start):
    with start(state("new"), *DIFF, rows=24, PAGER="less") as terminal:
        screen = terminal.until(":")
        assert screen.lines[0].text == "diff --git a/netra/main.py b/netra/main.py"
        assert "-from netra.engine import Engine" in screen.text
        assert {"bold", "red", "green", "cyan"} <= screen.styles
        assert len(screen.lines) == 24
        terminal.type("q")
        assert terminal.end().code == 0
    with start(state("new"), *DIFF, rows=100, PAGER="less") as terminal:  # what fits is shown as it is
        screen = terminal.end()
    assert screen.code == 0
    assert screen.text.rstrip().endswith('assert UserEngine().run("a") == "a"')
