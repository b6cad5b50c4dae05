"""`consolidate doctor`: what would get in the way, before anything is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.render.fold import fold
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.doctor.finding import Finding
    from consolidate.render.look import Look

_PLACES = 3  # places shown of a finding, unless all are asked for


@click.command("doctor", short_help=COMMANDS["doctor"], epilog="Example: consolidate doctor --json")
@json_option("doctor")
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """Look for what would get in the way of the migration, the worst first.

    Exits with 1 if something blocks it, else with 0. Runs nothing of the repository and changes nothing.
    """
    from consolidate.doctor.examine import examine
    from consolidate.doctor.finding import Severity

    with session.repository(tell=False) as repository:  # it is one of the findings
        findings = examine(repository, session.plans(repository))
    if as_json:
        session.terminal.json(document({"findings": [item.facts() for item in findings]}))
    else:
        _print(session, findings)
    return int(any(item.severity is Severity.BLOCKS for item in findings))


_HEADINGS = {"blocks": ("BLOCKS", "red"), "hinders": ("HINDERS", "magenta"), "note": ("GOOD TO KNOW", "dim")}


def _print(session: Session, findings: Sequence[Finding]) -> None:
    terminal, look = session.terminal, session.terminal.look
    count = Counter(str(item.severity) for item in findings)
    for severity, (title, style) in _HEADINGS.items():
        mine = [item for item in findings if item.severity == severity]
        if mine:
            terminal.out(look.paint(title, "bold", style))
            for item in mine:
                terminal.out("\n".join(_lines(item, look, verbose=terminal.verbosity > 0)))
            terminal.out()
    terminal.out(f"{count['blocks']} blocking, {count['hinders']} hindering, {count['note']} good to know")
    if not count["blocks"]:
        terminal.out("Next:")
        terminal.out(session.command("plan"))


def _lines(item: Finding, look: Look, *, verbose: bool) -> list[str]:
    lines = fold(look.plain(item.what), look.width, "  ", "    ", names=False)
    shown = item.where if verbose else item.where[:_PLACES]
    lines += [f"    {look.cut(look.plain(place), look.width - 4)}" for place in shown if place not in item.what]
    if len(shown) < len(item.where):
        lines.append(f"    and {len(item.where) - len(shown)} more (all with -v)")
    if item.todo:
        lines += fold(f"{look.arrow} {look.plain(item.todo)}", look.width, "    ", "      ")
    return lines
