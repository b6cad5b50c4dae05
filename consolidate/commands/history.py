"""`consolidate history`: the commits of the phases, newest first."""

from __future__ import annotations

import click

from consolidate.commands import COMMANDS
from consolidate.render.table import Column, table
from consolidate.session import Session

_COLUMNS = (
    Column("phase", right=True),
    Column("commit"),
    Column("date"),
    Column("author", gives=True),
    Column("files", right=True),
    Column("reverted by"),
)


@click.command("history", short_help=COMMANDS["history"], epilog="Example: consolidate history")
@click.pass_obj
def command(session: Session) -> int:
    """List the commits of the phases of this migration, newest first.

    Phases that a squash merge made one commit of have the same one. Phases that only the tree tells of are not here.
    """
    with session.repository() as repository:
        commits = session.plans(repository).commits()
        rows = [
            (
                f"{commit.phase}/{commit.total}",
                commit.commit[:12],
                commit.date[:16].replace("T", " "),
                commit.author,
                str(len(repository.changed_files(commit.commit))),
                commit.reverted_by[:12],
            )
            for commit in reversed(commits)
        ]
    if rows:
        session.terminal.out("\n".join(table(_COLUMNS, rows, session.terminal.look)))
    else:
        session.terminal.note("No phase was ever applied.")
    return 0
