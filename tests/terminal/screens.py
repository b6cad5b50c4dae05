"""Which screens are kept: a name, the state of the repository, the words of the command, its exit code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A command and the repository in which it is run; `writes` if it changes that."""

    name: str
    state: str
    words: tuple[str, ...]
    code: int = 0
    writes: bool = False
    # A line of these may be longer than the screen; it is wrapped by the terminal, which copies it whole: lines of
    # diffs, paths that stand alone, and errors, which are one line each.
    long_lines: bool = False


def _case(name: str, state: str, words: str, code: int = 0, *, writes: bool = False, long_lines: bool = False) -> Case:
    return Case(name, state, tuple(words.split()), code, writes, long_lines)


SCREENS = (
    _case("help", "bare", "--help"),
    _case("plan-help", "bare", "plan --help"),
    _case("plan", "new", "plan"),
    _case("plan-verbose", "new", "plan -v"),
    _case("show-phase", "new", "show --phase 2"),
    _case("show-phase-verbose", "new", "show --phase 2 -v", long_lines=True),  # a path alone on its line
    _case("diff", "new", "diff --phase 2", long_lines=True),
    _case("diff-stat", "new", "diff --phase 2 --stat"),
    _case("diff-stat-wide", "new", "diff --phase 3 --stat"),
    _case("apply-dry-run", "new", "apply -n --phase 1"),
    _case("apply", "new", "apply --phase 1", writes=True),
    _case("apply-again", "begun", "apply --phase 1"),
    _case("apply-all", "begun", "apply --all", writes=True),
    _case("apply-out-of-order", "new", "apply --phase 2", 3, long_lines=True),
    _case("status", "begun", "status"),
    _case("status-migrated", "migrated", "status"),
    _case("history", "migrated", "history"),
    _case("history-none", "new", "history"),
    _case("revert-check", "begun", "revert --phase 1 --check"),
    _case("revert-blocked", "migrated", "revert --phase 1 --check", 3, long_lines=True),
    _case("revert", "migrated", "revert --phase 3", writes=True),
    _case("check", "migrated", "check", 1),
    _case("doctor", "new", "doctor"),
    _case("no-configuration", "bare", "--config absent.toml doctor", 2, long_lines=True),
    _case("init", "bare", "init", writes=True),
    _case("init-detect", "bare", "init --detect Engine$ -o proposed.toml", writes=True),
    _case("wrong-command", "new", "plann", 2, long_lines=True),
)
BY_NAME = {case.name: case for case in SCREENS}
