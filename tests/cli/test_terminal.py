import contextlib
import io
import os
import pty
import subprocess
import sys

import pytest

from consolidate.pager import pager_of
from consolidate.render.look import Look
from consolidate.render.pace import Pace
from consolidate.terminal import Terminal
from tests.hostile_sources import world


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_at_most_ten_times_a_second_and_is_wiped(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    now = iter(n / 100 for n in range(1, 1000))
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    terminal = Terminal(environment={})
    terminal._shown = -1.0
    for step in range(100):  # one second
        terminal.progress("reading\x1b", step, 100)
    shown = screen.getvalue().split("\r\x1b[K")[1:]
    assert 9 <= len(shown) <= 11
    assert shown[0] == f"reading\\x1b {'░' * 20} 0 of 100"
    terminal.note("done")
    assert screen.getvalue().endswith("\r\x1b[Kdone\n")


def test_progress_tells_what_is_left_after_a_second_and_fits_the_screen():
    pace, wide, narrow = Pace(), Look(width=80), Look(width=40, unicode=False)
    assert pace.line("scan", 0, 8, 10.0, wide) == f"scan {'░' * 20} 0 of 8"
    assert pace.line("scan", 1, 8, 10.9, wide) == f"scan {'██' + '░' * 18} 1 of 8"
    assert pace.line("scan", 2, 8, 12.0, wide) == f"scan {'█' * 5 + '░' * 15} 2 of 8, 6 s left"
    assert pace.line("scan", 4, 8, 410.0, wide).endswith("4 of 8, 7 min left")
    assert pace.line("scan", 8, 8, 411.0, wide) == f"scan {'█' * 20} 8 of 8"
    assert pace.line("prove", 1, 2, 411.5, wide) == f"prove {'█' * 10 + '░' * 10} 1 of 2"
    assert pace.line("tests", 0, 0, 412.0, wide) == "tests"
    for step in ("scan", "a step with a long name, longer than there is room"):
        for done in range(101):
            line = pace.line(step, done, 100, 500.0 + done, narrow)
            assert len(line) < 40
            assert line.isascii()


def test_a_dumb_terminal_gets_no_progress(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    Terminal(environment={"TERM": "dumb"}).progress("reading", 1, 2)
    assert screen.getvalue() == ""


@pytest.mark.parametrize(
    ("environment", "pager"),
    [
        ({}, "less"),
        ({"PAGER": "more"}, "more"),
        ({"PAGER": "more", "GIT_PAGER": "most -s"}, "most -s"),
        ({"PAGER": "more", "GIT_PAGER": "cat"}, None),
        ({"PAGER": ""}, None),
        ({"TERM": "dumb"}, None),
    ],
)
def test_the_pager_is_the_users(environment, pager):
    assert pager_of(environment) == pager


def test_a_diff_is_paged_on_a_terminal_alone(tmp_path):
    folder = world.make(tmp_path / "repository", {})
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > {tmp_path}/paged\n")
    pager.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(world.ROOT), "GIT_PAGER": str(pager), "TERM": "xterm"}
    words = [sys.executable, "-m", "consolidate", "--color", "never", "diff", "--phase", "2"]
    plain = subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=True)
    assert plain.stdout.startswith(b"diff --git")
    assert not (tmp_path / "paged").exists()
    for more, paged in ([], True), (["--no-pager"], False):
        master, slave = pty.openpty()
        done = subprocess.Popen([*words, *more], cwd=folder, env=environment, stdin=slave, stdout=slave)
        os.close(slave)
        screen = b""
        with contextlib.suppress(OSError):
            while part := os.read(master, 65536):
                screen += part
        os.close(master)
        assert done.wait() == 0
        assert (tmp_path / "paged").exists() == paged
        assert (b"diff --git" in screen) != paged
        if paged:
            assert (tmp_path / "paged").read_bytes().rstrip() == plain.stdout.rstrip()
            (tmp_path / "paged").unlink()


def test_quiet_means_no_progress_and_no_notes(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    terminal = Terminal(verbosity=-1, environment={})
    terminal.progress("reading", 1, 2)
    terminal.note("note")
    assert screen.getvalue() == ""
    terminal.error("what", "where", "hint")
    assert "what; where; hint\n" in screen.getvalue()


def test_colours_on_a_terminal_unless_it_is_dumb_or_told_not_to(monkeypatch):
    monkeypatch.setattr("sys.stdout", Screen())
    assert Terminal(environment={}).look.colour
    assert not Terminal(environment={"TERM": "dumb"}).look.colour
    assert not Terminal(environment={"NO_COLOR": "1"}).look.colour
    assert Terminal(environment={"NO_COLOR": ""}).look.colour
    assert not Terminal(environment={"FORCE_COLOR": "0"}).look.colour
    assert not Terminal(color="never", environment={"FORCE_COLOR": "1"}).look.colour
