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


@click.command("history", short_help=COMMANDS["history"], epilog="Example: consolidate history --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """List the commits of the phases of this migration, newest first.

    Phases that a squash merge made one commit of have the same one. Phases that only the tree tells of are not here.
    """
    with session.repository() as repository:
        facts = [
            {
                "phase": commit.phase,
                "phases": commit.total,
                "commit": commit.commit,
                "date": commit.date,
                "author": commit.author,
                "files": len(repository.changed_files(commit.commit)),
                "reverted_by": commit.reverted_by or None,
            }
            for commit in reversed(session.plans(repository).commits())
        ]
    if as_json:
        session.terminal.json({"commits": facts})
    elif facts:
        rows = [
            (
                f"{item['phase']}/{item['phases']}",
                str(item["commit"])[:12],
                str(item["date"])[:16].replace("T", " "),
                str(item["author"]),
                str(item["files"]),
                str(item["reverted_by"] or "")[:12],
            )
            for item in facts
        ]
        session.terminal.out("\n".join(table(_COLUMNS, rows, session.terminal.look)))
    else:
        session.terminal.note("No phase was ever applied.")
    return 0
