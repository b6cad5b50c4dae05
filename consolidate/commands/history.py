"""`consolidate history`: the commits of the phases, newest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.errors import UsageProblem
from consolidate.render.table import Column, table
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.gitstep.history import PhaseCommit
    from consolidate.plans import Plans

_COLUMNS = (
    Column("phase", right=True),
    Column("commit"),
    Column("date"),
    Column("author", gives=True),
    Column("files", right=True),
    Column("reverted by"),
)


@click.command("history", short_help=COMMANDS["history"], epilog="Example: consolidate history --json")
@json_option("history")
@click.option("--plot", metavar="FILE", type=click.Path(path_type=Path), help="Write the burn-down to FILE, an SVG.")
@click.option("--since", metavar="REV", help="With --plot: begin behind this commit.")
@click.option(
    "--points", metavar="N", type=click.IntRange(2, 10_000), default=40, help="With --plot: commits to look at, about."
)
@click.pass_obj
def command(session: Session, as_json: bool, plot: Path | None, since: str | None, points: int) -> int:
    """List the commits of the phases of this migration, newest first.

    Phases that a squash merge made one commit of have the same one. Phases that only the tree tells of are not here.

    With --plot, commits along the branch (first parents) are searched for legacy references in code, as `check` does
    in the work tree: some in even steps, and those of the phases. The first time takes as long as that many plans;
    what was found in a file is kept.
    """
    if since is not None and plot is None:
        raise UsageProblem("--since is for --plot", "--since", "add --plot FILE.svg")
    with session.repository() as repository:
        plans = session.plans(repository)
        commits = plans.commits()
        measured = _plot(session, plans, commits, plot, since, points) if plot is not None else []
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
            for commit in reversed(commits)
        ]
    if as_json:
        session.terminal.json(document({"commits": facts} | ({"burn_down": measured} if plot is not None else {})))
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


def _plot(
    session: Session, plans: Plans, commits: tuple[PhaseCommit, ...], file: Path, since: str | None, points: int
) -> list[dict[str, Any]]:
    """Write the chart, and return its points as JSON."""
    from consolidate.render.chart import burn_down_svg
    from consolidate.reporting.burndown import burn_down, chosen, line_of
    from consolidate.whole_file import write_whole

    labels: dict[str, str] = {}
    for commit in commits:
        labels[commit.commit] = (
            f"{labels[commit.commit]}, {commit.phase}" if commit.commit in labels else str(commit.phase)
        )
    line = line_of(plans.repository, since)
    if not line:
        raise UsageProblem(f"no commit lies behind {since}", "--since", "name an older one")
    progress = session.terminal.progress
    records = chosen(line, labels, points)
    found = list(
        burn_down(
            plans.repository, plans.config, records, executor=session.executor, progress=progress, cache=plans.facts
        )
    )
    try:
        write_whole(file, burn_down_svg(plans.config.name, found, labels).encode())
    except OSError as error:
        raise UsageProblem(f"the file cannot be written: {error.strerror}", str(file), "name another") from None
    session.terminal.note(f"Wrote {file}: {found[0].total} legacy references at first, {found[-1].total} now")
    return [
        {"commit": item.commit, "date": item.date, "application": item.application, "tests": item.tests}
        for item in found
    ]
