"""`consolidate status`: what is applied, told from the commits, and what is still legacy, told from the plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS
from consolidate.render.table import Column, table
from consolidate.render.words import labels
from consolidate.session import Session
from planner.model import Action

if TYPE_CHECKING:
    from consolidate.gitstep.history import PhaseState
    from consolidate.plans import Chosen
    from consolidate.repository import Repository

_PHASES = (
    Column("phase", right=True),
    Column("title", gives=True),
    Column("state"),
    Column("files", right=True),
    Column("commit"),
)
_LEGACY = (
    Column("still legacy", gives=True),
    Column("in open phases", right=True),
    Column("manual", right=True),
    Column("left", right=True),
)


@click.command("status", short_help=COMMANDS["status"], epilog="Example: consolidate status --check")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--check", is_flag=True, help="Exit with 1 if phases are left to apply.")
@click.pass_obj
def command(session: Session, as_json: bool, check: bool) -> int:
    """Tell which phases are applied, reverted or pending, and what is still legacy.

    The commits' trailers are the record of what is applied; those in the message of a squash merge count too. Where the
    files contradict them, because a squash or a revert lost its message, the files are right: `applied (in the tree)`
    and `reverted (in the tree)`. Of plans, it tells of the last one that was worked on.
    """
    with session.repository() as repository:
        chosen = session.plans(repository).to_show()
        facts = _facts(repository, chosen)
    if as_json:
        session.terminal.json(facts)
    else:
        _print(session, chosen, facts)
    return int(check and bool(chosen.open))


def _facts(repository: Repository, chosen: Chosen) -> dict[str, Any]:
    states = {state.phase: state for state in chosen.states}
    phases = []
    for phase in chosen.plan.phases:
        state = states.get(phase.number)
        last = state.last if state else None
        phases.append(
            {
                "number": phase.number,
                "title": phase.title,
                "state": _state(state),
                "in_tree": state.in_tree if state else None,
                "files": len(phase.files),
                "commit": last.commit if last else None,
                "reverted_by": (last.reverted_by or None) if last else None,
            }
        )
    pending = repository.pending()
    return {
        "migration": chosen.plan.migration,
        "plan": chosen.plan.digest,
        "commit": chosen.plan.commit,
        "cut_off": pending.operation if pending else None,
        "phases": phases,
        "engines": _legacy(chosen),
    }


def _state(state: PhaseState | None) -> str:
    if state is None:
        return "pending"
    return "applied" if state.applied else "reverted"


def _legacy(chosen: Chosen) -> list[dict[str, Any]]:
    """Return what is still legacy, by engine: references that an open phase moves, and those that none does."""
    still_open = {phase.number for phase in chosen.open}
    found: Counter[tuple[str, str]] = Counter()
    for reference in chosen.plan.references:
        if reference.action is not Action.REWRITTEN:
            found[reference.engine, str(reference.action)] += 1
        elif reference.phase in still_open:
            found[reference.engine, "open"] += 1
    keys = ("open", str(Action.MANUAL), str(Action.LEFT))
    return [{"id": engine.id} | {key: found[engine.id, key] for key in keys} for engine in chosen.plan.engines]


def _print(session: Session, chosen: Chosen, facts: dict[str, Any]) -> None:
    terminal, look = session.terminal, session.terminal.look
    total = len(chosen.plan.phases)
    title = f"Migration {chosen.plan.migration}: {len(chosen.applied)} of {total} phases applied"
    terminal.out(look.paint(look.plain(title), "bold"))
    terminal.out(f"plan {chosen.plan.digest[:12]} of commit {chosen.plan.commit[:12]}")
    if facts["phases"]:
        rows = [
            (
                str(p["number"]),
                p["title"],
                p["state"] + (" (in the tree)" if p["in_tree"] is not None else ""),
                str(p["files"]),
                (p["commit"] or "")[:12],
            )
            for p in facts["phases"]
        ]
        terminal.out()
        terminal.out("\n".join(table(_PHASES, rows, look)))
    short = labels(chosen.plan.engines)
    keys = ("open", "manual", "left")
    numbers = [(short[item["id"]], *(str(item[key]) for key in keys)) for item in facts["engines"]]
    terminal.out()
    terminal.out("\n".join(table(_LEGACY, numbers, look)))
    terminal.out()
    if chosen.open:
        terminal.out("Next:")
        terminal.out(session.command("apply", "--phase", str(chosen.open[0].number)))
    else:
        terminal.out("Every phase is applied." if total else "There is nothing to apply.")
