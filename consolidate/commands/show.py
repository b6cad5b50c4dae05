"""`consolidate show`: a plan in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.errors import UsageProblem
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen

FORMATS = ("text", "json", "markdown", "csv", "mermaid")
_BY_PHASE = ("text", "csv")


@click.command("show", short_help=COMMANDS["show"], epilog="Example: consolidate show --format markdown plan.json")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--phase", metavar="N", type=int, help="Show one phase (text and csv).")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="The form.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the plan file.")
@click.pass_obj
def command(session: Session, file: Path | None, phase: int | None, form: str, schema: bool) -> int:
    """Show the plan in FILE, or the one that is under way.

    Without FILE and before the first phase it is a plan of HEAD.
    """
    if schema:
        from planner.planfile_schema import schema as make_schema

        session.terminal.json(make_schema())
        return 0
    if phase is not None and form not in _BY_PHASE:
        raise UsageProblem(f"--phase does not go with --format {form}", "--phase", f"use {' or '.join(_BY_PHASE)}")
    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = plans.given(file) if file else plans.to_apply()
    if phase is not None:
        chosen.phase(phase)
    _print(session, chosen, phase, form)
    return 0


def _print(session: Session, chosen: Chosen, phase: int | None, form: str) -> None:
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
        terminal.raw(plan_documents.references_csv(plan, phase))
    elif phase is None:
        terminal.out("\n".join(plan_text.plan_page(plan, terminal.look, verbose=verbose)))
    else:
        terminal.out("\n".join(plan_text.phase_page(plan, chosen.phase(phase), terminal.look, verbose=verbose)))
