"""`consolidate status`: what is applied, told from the commits, and what is still legacy, told from the plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.record import Record
from consolidate.render.table import Column, table
from consolidate.render.words import labels
from consolidate.schemas import document
from consolidate.session import Session
from planner.model import Action

if TYPE_CHECKING:
    from consolidate.gitstep.history import PhaseState
    from consolidate.plans import Chosen

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
@json_option("status")
@click.option("--check", is_flag=True, help="Exit with 1 if phases are left to apply.")
@click.pass_obj
def command(session: Session, as_json: bool, check: bool) -> int:
    """Tell which phases are applied, reverted or pending, and what is still legacy.

    The commits' trailers are the record of what is applied; those in the message of a squash merge count too. Where the
    files contradict them, because a squash or a revert lost its message, the files are right: `applied (in the tree)`
    and `reverted (in the tree)`. Of plans, it tells of the last one that was worked on. Where that cannot be had, as in
    a shallow clone, it says so: then only what the commits say is known.
    """
    with session.repository() as repository:
        shown = session.plans(repository).to_show()
        pending = repository.pending()
    facts = _recorded(shown) if isinstance(shown, Record) else _planned(shown)
    facts["cut_off"] = pending.operation if pending else None
    if as_json:
        session.terminal.json(document(facts))
    else:
        _print(session, shown, facts)
    return int(check and bool(shown.open))


def _planned(chosen: Chosen) -> dict[str, Any]:
    states = {state.phase: state for state in chosen.states}
    return {
        "migration": chosen.plan.migration,
        "plan": chosen.plan.digest,
        "commit": chosen.plan.commit,
        "phases": [
            _phase(phase.number, phase.title, len(phase.files), states.get(phase.number))
            for phase in chosen.plan.phases
        ],
        "engines": _legacy(chosen),
        "unknown": None,
    }


def _recorded(record: Record) -> dict[str, Any]:
    """Return what is known without the plan, None for what is not; `unknown` says why."""
    states = {state.phase: state for state in record.states}
    phases = []
    for number in range(1, record.total + 1):
        state = states.get(number)
        last = state.last if state else None
        phases.append(_phase(number, last.title if last else None, None, state))
    return {
        "migration": record.migration,
        "plan": record.digest,
        "commit": None,
        "phases": phases,
        "engines": None,
        "unknown": record.why,
    }


def _phase(number: int, title: str | None, files: int | None, state: PhaseState | None) -> dict[str, Any]:
    last = state.last if state else None
    return {
        "number": number,
        "title": title,
        "state": _state(state),
        "in_tree": state.in_tree if state else None,
        "files": files,
        "commit": last.commit if last else None,
        "reverted_by": (last.reverted_by or None) if last else None,
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


def _print(session: Session, shown: Chosen | Record, facts: dict[str, Any]) -> None:
    terminal, look = session.terminal, session.terminal.look
    phases = facts["phases"]
    applied = sum(phase["state"] == "applied" for phase in phases)
    title = f"Migration {facts['migration']}: {applied} of {len(phases)} phases applied"
    terminal.out(look.paint(look.plain(title), "bold"))
    terminal.out(f"plan {facts['plan'][:12]}" + (f" of commit {facts['commit'][:12]}" if facts["commit"] else ""))
    if phases:
        rows = [
            (
                str(p["number"]),
                p["title"] or "",
                p["state"] + (" (in the tree)" if p["in_tree"] is not None else ""),
                "" if p["files"] is None else str(p["files"]),
                (p["commit"] or "")[:12],
            )
            for p in phases
        ]
        terminal.out()
        terminal.out("\n".join(table(_PHASES, rows, look)))
    terminal.out()
    if isinstance(shown, Record):
        terminal.out(look.plain(f"What is still legacy is not known here: {shown.why}"))
        return
    short = labels(shown.plan.engines)
    keys = ("open", "manual", "left")
    numbers = [(short[item["id"]], *(str(item[key]) for key in keys)) for item in facts["engines"]]
    terminal.out("\n".join(table(_LEGACY, numbers, look)))
    terminal.out()
    if shown.open:
        terminal.out("Next:")
        terminal.out(session.command("apply", "--phase", str(shown.open[0].number)))
    else:
        terminal.out("Every phase is applied." if phases else "There is nothing to apply.")
