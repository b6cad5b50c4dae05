"""The file that `git blame --ignore-revs-file` reads: commits to look past, one a line, with comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from consolidate.gitstep.history import PhaseCommit
from consolidate.render.look import escape

NAME = ".git-blame-ignore-revs"
_REVISION = re.compile(rb"^[ \t]*([0-9a-f]{40}(?:[0-9a-f]{24})?)(?=[ \t\r#]|$)", re.MULTILINE)


def missing(data: bytes, commits: Sequence[PhaseCommit]) -> tuple[PhaseCommit, ...]:
    """Return those of the commits that are applied and that the file does not name, in their order."""
    named = {found.decode("ascii") for found in _REVISION.findall(data)}
    return tuple(commit for commit in commits if not commit.reverted_by and commit.commit not in named)


def with_commits(data: bytes, migration: str, commits: Sequence[PhaseCommit]) -> bytes:
    """Return the file with these commits at its end: a comment for each phase, then the commit. The rest stays.

    Phases of one commit (a squash merge) stand above it together. Lines end as those of the file do.
    """
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    lines: list[str] = []
    # Phases of a squash follow one another, in the order in which its message names them.
    for commit, phases in groupby(commits, key=lambda each: each.commit):
        for each in phases:
            total = f"/{each.total}" if each.total else ""
            lines.append(f"# {escape(f'refactor({migration}): phase {each.phase}{total} {each.title}').rstrip()}")
        lines.append(commit)
    start = b"" if not data or data.endswith(b"\n") else newline
    return data + start + b"".join(line.encode() + newline for line in lines)
