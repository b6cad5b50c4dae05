"""`consolidate show`: a plan in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS, completing
from consolidate.commands.json_option import schema_option
from consolidate.errors import UsageProblem
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen
    from planner.model import EnginePlan

FORMATS = ("text", "json", "markdown", "csv", "mermaid")
_IN_PART = ("text", "csv")


@click.command("show", short_help=COMMANDS["show"], epilog="Example: consolidate show --format markdown plan.json")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@completing.phase_option(help="Show one phase (text and csv).")
@click.option("--engine", metavar="NAME", shell_complete=completing.engines, help="Show one engine (text and csv).")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="The form.")
@schema_option("plan", "--format json")
@click.pass_obj
def command(session: Session, file: Path | None, phase: int | None, engine: str | None, form: str) -> int:
    """Show the plan in FILE, or the one that is under way.

    Without FILE and before the first phase it is a plan of HEAD.
    """
    for option, value in (("--phase", phase), ("--engine", engine)):
        if value is not None and form not in _IN_PART:
            raise UsageProblem(f"{option} does not go with --format {form}", option, f"use {' or '.join(_IN_PART)}")
    if phase is not None and engine is not None:
        raise UsageProblem("--phase does not go with --engine", "--engine", "name one of them")
    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = plans.given(file) if file else plans.to_apply()
    if phase is not None:
        chosen.phase(phase)
    _print(session, chosen, phase, _engine(chosen, engine) if engine else None, form)
    return 0


def _engine(chosen: Chosen, name: str) -> EnginePlan:
    """Return the engine of a name: its id, or the short one that the plan shows. Raises UsageProblem."""
    from consolidate.render.words import labels
    from planner.tables import near

    short = labels(chosen.plan.engines)
    for engine in chosen.plan.engines:
        if name in (engine.id, short[engine.id]):
            return engine
    raise UsageProblem(f"there is no engine {name}", "--engine", near(name, [*short.values()]))


def _print(session: Session, chosen: Chosen, phase: int | None, engine: EnginePlan | None, form: str) -> None:
    from consolidate.render import plan_documents, plan_text
    from planner.planfile import dump

    terminal, plan = session.terminal, chosen.plan
    verbose = terminal.verbosity > 0
    if form == "json":
        terminal.raw(dump(plan))
    elif form == "markdown":
        terminal.raw(plan_documents.markdown(plan).encode())
    elif form == "mermaid":
        terminal.raw(plan_documents.mermaid(plan).encode())
    elif form == "csv":
        terminal.raw(plan_documents.references_csv(plan, phase, engine.id if engine else None))
    elif engine is not None:
        terminal.out("\n".join(plan_text.engine_page(plan, engine, terminal.look, verbose=verbose)))
    elif phase is None:
        terminal.out("\n".join(plan_text.plan_page(plan, terminal.look, verbose=verbose)))
    else:
        terminal.out("\n".join(plan_text.phase_page(plan, chosen.phase(phase), terminal.look, verbose=verbose)))
