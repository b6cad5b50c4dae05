"""`consolidate report`: the migration at a glance, for people who do not run the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS, completing
from consolidate.commands.json_option import schema_option
from consolidate.errors import Refused, UsageProblem
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen, Plans
    from consolidate.reporting.standing import Standing
    from consolidate.repository import Repository
    from planner.model import Plan

FORMATS = ("html", "markdown", "tracker", "json", "csv", "sarif")
_BY_PHASE = ("markdown", "csv")


@click.command(
    "report", short_help=COMMANDS["report"], epilog="Example: consolidate report --format tracker > MIGRATION.md"
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@completing.phase_option(help="Report one phase (markdown and csv).")
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", help="The form.")
@schema_option("report", "--format json")
@click.pass_obj
def command(session: Session, file: Path | None, phase: int | None, form: str) -> int:
    """Report on the plan in FILE, or on the one that `status` tells of.

    html is the whole migration on one page, a file that needs nothing else. markdown is the text of a pull request for
    each phase: what, why it is safe, what to look at, how to revert. tracker is a document for the issue tracker:
    violations found, steps, files, and success criteria. json has the facts of both, csv every reference of the plan,
    sarif (2.1.0) those that are in code now, as `check --no-baseline` finds them.

    Criteria are ticked from facts: the commits, the work tree, and results of `verify` that were kept here.
    """
    if phase is not None and form not in _BY_PHASE:
        raise UsageProblem(f"--phase does not go with --format {form}", "--phase", f"use {' or '.join(_BY_PHASE)}")
    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = plans.given(file) if file else _shown(plans)
        phases = [chosen.phase(phase)] if phase is not None else list(chosen.plan.phases)
        if form == "csv":
            from consolidate.render.plan_documents import references_csv

            session.terminal.raw(references_csv(chosen.plan, phase))
            return 0
        inventory = _inventory(session, plans)
        if form == "sarif":
            session.terminal.json(_sarif(repository, inventory))
            return 0
        standing = _standing(repository, chosen, inventory)
    if form == "json":
        from consolidate.reporting.facts import facts

        session.terminal.json(document(facts(standing)))
        return 0
    if form == "html":
        from consolidate.reporting.page import page

        text = page(standing)
    elif form == "tracker":
        from consolidate.reporting.tracker import tracker

        text = tracker(standing, _next(session, standing))
    else:
        from consolidate.reporting.pull_request import markdown

        text = markdown(standing, phases, session.command("revert", "--phase"))
    session.terminal.raw(text.encode("utf-8", "backslashreplace"))
    return 0


def _shown(plans: Plans) -> Chosen:
    from consolidate.record import Record

    shown = plans.to_show()
    if isinstance(shown, Record):
        raise Refused("the plan under way cannot be had here", shown.digest[:12], shown.why, code="plan-lost")
    return shown


def _inventory(session: Session, plans: Plans) -> Plan:
    """Return what the work tree has now."""
    from consolidate.planning import plan_worktree

    progress = session.terminal.progress
    return plan_worktree(
        plans.repository, plans.config, executor=session.executor, progress=progress, cache=plans.facts
    )


def _standing(repository: Repository, chosen: Chosen, inventory: Plan) -> Standing:
    from consolidate.reporting.standing import standing

    return standing(repository, chosen, inventory)


def _sarif(repository: Repository, inventory: Plan) -> dict[str, Any]:
    from consolidate.gate.finding import legacy_references
    from consolidate.gate.places import Places
    from consolidate.gate.sarif import document
    from consolidate.version import version

    return document(legacy_references(inventory), Places(repository.root), inventory.migration, version())


def _next(session: Session, standing: Standing) -> list[str]:
    if standing.chosen.open:
        return [session.command("apply", "--phase", str(standing.chosen.open[0].number))]
    return [session.command("check", "--no-baseline")]
