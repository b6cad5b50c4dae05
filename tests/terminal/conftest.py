"""Repositories in several states, made once; commands run in terminals; screens compared with what is kept."""

from __future__ import annotations

import difflib
import os
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.terminal import multiplexer, project
from tests.terminal.emulator import Emulator
from tests.terminal.multiplexer import Tmux
from tests.terminal.screen import Screen, steady

SNAPSHOTS = Path(__file__).with_name("snapshots")
WHOLE = 1000  # rows of a terminal in which nothing scrolls away
# What `Line` writes behind a line.
_STYLED = re.compile(r" \| \d+(-\d+)? [a-z -]+(; \d+(-\d+)? [a-z -]+)*$")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Callable[[str], Path]:
    """Return a repository in a state: `new`, `begun` (phase 1), `migrated`, `bare` (no configuration), `sample`.

    They are shared: commands that write take a copy.
    """
    folder = tmp_path_factory.mktemp("states")

    @cache
    def made(name: str) -> Path:
        if name == "sample":
            return project.make_sample(folder / name, home)
        if name == "new":
            return project.make(folder / name, home)
        made_of, words = {
            "begun": ("new", ("apply", "--phase", "1")),
            "migrated": ("begun", ("apply", "--all")),
            "bare": ("new", ()),
        }[name]
        copy = Path(shutil.copytree(made(made_of), folder / name))
        if words:
            done = project.run(copy, home, *words)
            assert done.returncode == 0, done.stderr
        else:
            (copy / "consolidate.toml").unlink()
        return copy

    return made


@pytest.fixture
def copied(state: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Path]:
    """Return a copy of a repository in a state, to be written to."""
    return lambda name: Path(shutil.copytree(state(name), tmp_path / name))


@pytest.fixture
def start(home: Path) -> Callable[..., Emulator]:
    """Start a command in a terminal of 80 columns; `more` is added to its environment."""

    def started(folder: Path, *words: str, rows: int = WHOLE, **more: str) -> Emulator:
        environment = project.environment(home, **{"TERM": "xterm-256color", "PAGER": "cat", **more})
        return Emulator((*project.PROGRAM, *words), folder, environment, rows)

    return started


@pytest.fixture
def show(start: Callable[..., Emulator]) -> Callable[..., tuple[Screen, bytes]]:
    """Run a command in a terminal; return the last screen, and every byte that was sent there."""

    def shown(folder: Path, *words: str, rows: int = WHOLE, **more: str) -> tuple[Screen, bytes]:
        with start(folder, *words, rows=rows, **more) as terminal:
            screen = terminal.end()
        assert not screen.scrolled, "the terminal is not high enough"
        return screen, terminal.sent

    return shown


@pytest.fixture
def in_tmux(home: Path) -> Callable[..., Tmux]:
    """Start a command in tmux, likewise; the test is skipped where there is none."""
    if reason := multiplexer.absent():
        pytest.skip(reason)
    environment = project.environment(home, PAGER="cat")
    return lambda folder, *words: Tmux([*project.PROGRAM, *words], folder, environment, WHOLE)


def compare(screen: Screen | str, name: str) -> None:
    """Compare a screen with the one that is kept under the name.

    `CONSOLIDATE_ACCEPT=1` writes it anew; it is to be read, then: it is what is seen, not what should be.
    """
    file = SNAPSHOTS / f"{name}.txt"
    found = steady(str(screen))
    if os.environ.get("CONSOLIDATE_ACCEPT"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="\n")
    expected = file.read_text(encoding="utf-8") if file.exists() else ""
    lines = difflib.unified_diff(expected.splitlines(), found.splitlines(), f"kept {name}", "seen", lineterm="")
    assert found == expected, "\n".join(lines)


def kept(name: str) -> str:
    """Return the text of a kept screen, without what is said of its styles."""
    lines = (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return "".join(f"{line.rpartition(' | ')[0].rstrip() if _STYLED.search(line) else line}\n" for line in lines)
