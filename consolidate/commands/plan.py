"""`consolidate plan`: find every reference, plan every edit, say what to type next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.errors import Refused, UsageProblem
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Plans
    from planner.model import Plan


@click.command(
    "plan",
    short_help=COMMANDS["plan"],
    epilog="Example: consolidate plan -o plan.json && consolidate apply --phase 1 plan.json",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write the plan to FILE.")
@json_option("plan", "Print the plan as JSON.")
@click.option("--check", is_flag=True, help="Exit with 1 if there are phases to apply.")
@click.option("--commit", "rev", metavar="REV", default="HEAD", help="Plan this commit instead of HEAD.")
@click.pass_obj
def command(session: Session, output: Path | None, as_json: bool, check: bool, rev: str) -> int:
    """Find every reference to the engines and plan every edit.

    Reads one commit and writes nothing but FILE. The plan holds all edits; `apply` makes exactly those or refuses.
    """
    from planner.planfile import dump

    with session.repository() as repository:
        plans = session.plans(repository)
        head = repository.resolve("HEAD")
        plan = plans.new(repository.resolve(rev))
        if output:
            try:
                output.write_bytes(dump(plan))
            except OSError as error:
                raise UsageProblem(
                    f"the plan cannot be written: {error.strerror}", str(output), "name another file"
                ) from None
        if as_json:
            session.terminal.raw(dump(plan))
        elif output is None or session.terminal.verbosity >= 0:
            _print(session, plan)
            for line in _next(session, plans, plan, head, output):
                session.terminal.out(line)
    return int(check and bool(plan.phases))


def _print(session: Session, plan: Plan) -> None:
    from consolidate.render.plan_text import plan_page

    terminal = session.terminal
    for line in plan_page(plan, terminal.look, verbose=terminal.verbosity > 0):
        terminal.out(line)
    terminal.out()


def _next(session: Session, plans: Plans, plan: Plan, head: str, output: Path | None) -> list[str]:
    """Return what to do next; the last line is a command to type."""
    if not plan.phases:
        return ["Nothing is left to apply. What is still to be done by hand:", session.command("check")]
    if output:
        return ["Next:", session.command("apply", "--phase", "1", str(output))]
    if plan.commit != head:
        again = session.command("plan", "--commit", plan.commit[:12], "-o", "plan.json")
        return ["This is not a plan of HEAD. To apply it, save it:", again]
    try:
        current = plans.to_apply()
    except Refused as error:
        session.terminal.note(f"note: {error.what}")
        return ["To apply the plan above, save it:", session.command("plan", "-o", "plan.json")]
    if current.plan.digest != plan.digest and current.open:
        number = str(current.open[0].number)
        return [
            f"Another plan, {current.plan.digest[:12]}, is under way. To use the one above instead, save it with -o",
            f"and name the file to apply. To go on with phase {number} of {len(current.plan.phases)} of the other:",
            session.command("apply", "--phase", number),
        ]
    return ["Next:", session.command("apply", "--phase", "1")]
