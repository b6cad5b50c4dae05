"""`consolidate revert`: a phase taken back by a commit, newest first."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS, completing
from consolidate.commands.json_option import json_option
from consolidate.errors import Refused, listed
from consolidate.render.words import number as counted
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.gitstep.history import PhaseCommit
    from consolidate.repository import Inverse


@click.command("revert", short_help=COMMANDS["revert"], epilog="Example: consolidate revert --phase 2 --through")
@completing.phase_option("number", required=True, help="The phase.")
@click.option("--through", is_flag=True, help="Revert it and every later phase, newest first.")
@click.option("--check", is_flag=True, help="Say if it would go through, and touch nothing.")
@json_option("revert")
@click.pass_obj
def command(session: Session, number: int, through: bool, check: bool, as_json: bool) -> int:
    """Revert phase N by a commit.

    Refused while later phases need it: those go first, or all at once with --through. Phases that were squashed into
    one commit are reverted together, by --through. A phase that is in the tree without a commit that says so (a squash
    whose message was thrown away) is reverted by hand. No hook runs.
    """
    from consolidate.workflow import (
        beside_the_plan,
        by_commit,
        commits_to_revert,
        predict_revert,
        refuse_if_cut_off,
        revert,
    )

    # From before the first look: what another run does meanwhile would make it wrong.
    with (
        session.repository() as repository,
        contextlib.nullcontext() if check else repository.lock(f"revert --phase {number}"),
    ):
        refuse_if_cut_off(repository)
        plans = session.plans(repository)
        states, plan = plans.to_revert()
        commits = commits_to_revert(repository, states, plan, number, through=through)
        if not commits:
            if as_json:
                session.terminal.json(document({"check": check, "reverts": []}))
            else:
                session.terminal.out(f"Nothing to do: phase {number} is not applied.")
            return 0
        inverses = predict_revert(repository, commits)
        groups = by_commit(commits)
        _refuse_blocked(groups, inverses)
        beside = beside_the_plan(plan, groups, inverses)
        for id_, paths in beside.items():
            what = f"commit {id_[:12]} also changed {listed(paths)}, which the plan does not"
            session.terminal.note(f"note: {what}; the revert takes that back, too")
        if check and not as_json:
            for (id_, phases), inverse in zip(groups.items(), inverses, strict=True):
                files = counted(len(inverse.files), "file")
                session.terminal.out(f"{_named(phases)}: can be reverted, {files} of commit {id_[:12]}")
        made: tuple[str, ...] = ()
        if not check:
            made = revert(repository, plans.config.name, commits, repository.resolve("HEAD"))
        if as_json:
            session.terminal.json(document({"check": check, "reverts": _facts(groups, inverses, made, beside)}))
            return 0
        for (id_, phases), new in zip(groups.items(), made, strict=not check):
            session.terminal.out(f"{_named(phases)}: reverted {id_[:12]} by commit {new[:12]}")
    return 0


def _facts(
    groups: Mapping[str, Sequence[PhaseCommit]],
    inverses: Sequence[Inverse],
    made: Sequence[str],
    beside: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """Return the reverts as JSON, newest first; `made` are the new commits, none where nothing was touched."""
    return [
        {
            "phases": sorted(phase.phase for phase in phases),
            "commit": id_,
            "files": sorted(delta.path for delta in inverse.files),
            "beside": sorted(beside.get(id_, ())),
            "revert": new,
        }
        for (id_, phases), inverse, new in zip(groups.items(), inverses, made or (None,) * len(groups), strict=True)
    ]


def _named(phases: Sequence[PhaseCommit]) -> str:
    numbers = sorted(phase.phase for phase in phases)
    return f"{'phase' if len(numbers) == 1 else 'phases'} {', '.join(map(str, numbers))}"


def _refuse_blocked(groups: Mapping[str, Sequence[PhaseCommit]], inverses: Sequence[Inverse]) -> None:
    for phases, inverse in zip(groups.values(), inverses, strict=True):
        if not inverse.blocked:
            continue
        paths = [blocked.path for blocked in inverse.blocked]
        by = sorted({found[:12] for blocked in inverse.blocked for found in blocked.commits})
        later = f" by {listed(by)}" if by else ""
        raise Refused(
            f"the revert of {_named(phases)} would conflict: {listed(paths)} changed since{later}",
            paths[0],
            "revert those changes first",
            code="revert-conflict",
            details=paths,
        )
