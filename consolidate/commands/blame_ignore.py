"""`consolidate blame-ignore`: the commits of the phases, for git blame to look past."""

from __future__ import annotations

import os
from pathlib import Path

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.errors import UsageProblem
from consolidate.schemas import document
from consolidate.session import Session

_LARGEST = 16 * 1024**2  # bytes


@click.command(
    "blame-ignore", short_help=COMMANDS["blame-ignore"], epilog="Example: consolidate blame-ignore && git add -A"
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a commit is missing.")
@json_option("blame-ignore")
@click.pass_obj
def command(session: Session, check: bool, as_json: bool) -> int:
    """Add the commits of the applied phases to .git-blame-ignore-revs at the root of the repository.

    What the file holds stays as it is, and a commit that it names is not added again. Commits get other names when they
    are rebased or squashed: run this where the migration has been merged. GitHub reads the file by itself; git wants
    `git config blame.ignoreRevsFile .git-blame-ignore-revs`.
    """
    from consolidate.blame import NAME, missing, with_commits
    from consolidate.whole_file import write_whole

    with session.repository() as repository:
        plans = session.plans(repository)
        name, commits = plans.config.name, plans.commits()
        place = repository.root / NAME
        data = _read(place)
        new = missing(data, commits)
        if new and not check:
            write_whole(place, with_commits(data, name, new))
    revisions = list(dict.fromkeys(commit.commit for commit in new))
    if as_json:
        known = {commit.commit for commit in commits if not commit.reverted_by} - set(revisions)
        session.terminal.json(
            document(
                {"file": NAME, "added": [] if check else revisions, "known": sorted(known)}
                | ({"missing": revisions} if check else {})
            )
        )
        return int(check and bool(new))
    for commit in new:
        session.terminal.out(session.terminal.look.plain(f"{commit.commit[:12]}  phase {commit.phase} {commit.title}"))
    if not any(not commit.reverted_by for commit in commits):
        session.terminal.note("No phase is applied.")
    elif not new:
        session.terminal.note(f"{NAME} names every commit of the applied phases.")
    elif not check:
        session.terminal.note(f"Added to {NAME}; commit it. To let git blame read it:")
        session.terminal.note(f"git config blame.ignoreRevsFile {NAME}")
    return int(check and bool(new))


def _read(place: Path) -> bytes:
    """Return the file, nothing where there is none. Raises UsageProblem for anything but a file of reasonable size."""
    if not os.path.lexists(place):
        return b""
    if place.is_symlink() or not place.is_file():
        raise UsageProblem("it is no regular file", str(place), "move it away")
    if place.stat().st_size > _LARGEST:
        raise UsageProblem(f"the file is larger than {_LARGEST >> 20} MiB", str(place), "shorten it")
    return place.read_bytes()
