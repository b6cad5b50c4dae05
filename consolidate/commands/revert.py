"""`consolidate revert`: a phase taken back by a commit, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.errors import Refused, listed
from consolidate.render.words import number as counted
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.gitstep.history import PhaseCommit
    from consolidate.repository import Inverse


@click.command("revert", short_help=COMMANDS["revert"], epilog="Example: consolidate revert --phase 2 --through")
@click.option("--phase", "number", metavar="N", type=int, required=True, help="The phase.")
@click.option("--through", is_flag=True, help="Revert it and every later phase, newest first.")
@click.option("--check", is_flag=True, help="Say if it would go through, and touch nothing.")
@click.pass_obj
def command(session: Session, number: int, through: bool, check: bool) -> int:
    """Revert phase N by a commit.

    Refused while later phases need it: those go first, or all at once with --through.
    """
    from consolidate.workflow import commits_to_revert, predict_revert, refuse_if_cut_off, revert

    with session.repository() as repository:
        refuse_if_cut_off(repository)
        plans = session.plans(repository)
        states, plan = plans.to_revert()
        commits = commits_to_revert(repository, states, plan, number, through=through)
        if not commits:
            session.terminal.out(f"Nothing to do: phase {number} is not applied.")
            return 0
        inverses = predict_revert(repository, commits)
        _refuse_blocked(commits, inverses)
        if check:
            for commit, inverse in zip(commits, inverses, strict=True):
                files = counted(len(inverse.files), "file")
                session.terminal.out(f"phase {commit.phase}: can be reverted, {files} of commit {commit.commit[:12]}")
            return 0
        made = revert(repository, plans.config.name, commits, repository.resolve("HEAD"))
        for commit, new in zip(commits, made, strict=True):
            session.terminal.out(f"phase {commit.phase}: reverted {commit.commit[:12]} by commit {new[:12]}")
    return 0


def _refuse_blocked(commits: Sequence[PhaseCommit], inverses: Sequence[Inverse]) -> None:
    for commit, inverse in zip(commits, inverses, strict=True):
        if not inverse.blocked:
            continue
        paths = [blocked.path for blocked in inverse.blocked]
        by = sorted({found[:12] for blocked in inverse.blocked for found in blocked.commits})
        later = f" by {listed(by)}" if by else ""
        raise Refused(
            f"the revert of phase {commit.phase} would conflict: {listed(paths)} changed since{later}",
            paths[0],
            "revert those changes first",
            code="revert-conflict",
            details=paths,
        )
