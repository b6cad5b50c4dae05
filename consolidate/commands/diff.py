"""`consolidate diff`: a phase as a unified diff, on top of the phases before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS, completing
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.render.diff import FileDiff
    from consolidate.repository import Repository
    from consolidate.tree import Tree
    from planner.model import Phase, Plan


@click.command("diff", short_help=COMMANDS["diff"], epilog="Example: consolidate diff --phase 2 | git apply --check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@completing.phase_option("number", required=True, help="The phase.")
@click.option("--stat", "as_stat", is_flag=True, help="Show how many lines change in each file.")
@click.option("--exit-code", "exit_code", is_flag=True, help="Exit with 1 if there is a difference.")
@click.option("--pager/--no-pager", "paged", default=True, help="On a terminal, by the pager, or as it is.")
@click.pass_obj
def command(session: Session, file: Path | None, number: int, as_stat: bool, exit_code: bool, paged: bool) -> int:
    """Show phase N as a diff that git apply accepts, on top of the phases before it.

    FILE is a plan file; without it, it is the plan that is under way, or a plan of HEAD. The pager is GIT_PAGER or
    PAGER, else less.
    """
    from consolidate.messages import unproved_edits
    from consolidate.pager import show
    from consolidate.render.diff import file_diff, painted, stat

    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = plans.given(file) if file else plans.to_apply()
        files = phase_diffs(repository, chosen.plan, chosen.phase(number))
    look = session.terminal.look
    for item in unproved_edits(chosen.phase(number)).splitlines()[1:]:
        session.terminal.note(f"note: not proved: {item.removeprefix('- ')}")
    if as_stat:
        session.terminal.out("\n".join(stat(files, look)))
        return int(exit_code and any(each.old != each.new for each in files))
    session.terminal.clear()
    shown = (painted(file_diff(each), look) for each in files)
    if not look.terminal or not paged or not show((part.decode("utf-8") for part in shown), colour=look.colour):
        for part in shown:
            session.terminal.raw(part, is_harmless=look.terminal)
    return int(exit_code and any(each.old != each.new for each in files))


def phase_diffs(repository: Repository, plan: Plan, phase: Phase) -> list[FileDiff]:
    """Return a phase's files before and after, in the planned commit with the earlier phases made."""
    from consolidate.tree import Tree

    tree = Tree(repository, repository.resolve(plan.commit))
    paths = frozenset(file.path for file in phase.files)
    for earlier in plan.phases[: phase.number - 1]:
        tree.lay(tree.changes(earlier, paths))
    return file_diffs(phase, tree)


def file_diffs(phase: Phase, tree: Tree) -> list[FileDiff]:
    """Return a phase's files before and after, in a tree."""
    from consolidate.render.diff import FileDiff

    edits = {file.path: file for file in phase.files}
    return [
        FileDiff(
            change.path,
            change.mode,
            change.old_blob,
            edits[change.path].result,
            change.old,
            change.new,
            edits[change.path].edits,
        )
        for change in tree.changes(phase)
    ]
