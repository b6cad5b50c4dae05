"""`consolidate check`: the gate for CI, on the files as they lie in the work tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from consolidate.commands import COMMANDS
from consolidate.errors import UsageProblem
from consolidate.render.words import labels, number
from consolidate.session import Session
from planner.model import Action, Plan, Reference


@click.command("check", short_help=COMMANDS["check"], epilog="Example: consolidate check src/ tests/test_login.py")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def command(session: Session, files: tuple[Path, ...]) -> int:
    """Look for references to legacy engines in the work tree; exit with 1 if there are any.

    With FILES (or folders), only there; a named file counts even if git doesn't track it yet. References in the
    legacy modules themselves and mere mentions in text don't count.
    """
    from consolidate.planning import plan_worktree

    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = [_inside(repository.root, file) for file in files]
        # Files that are named are looked at whether git tracks them or not.
        more = tuple(sorted(place for place, file in zip(chosen, files, strict=True) if file.is_file()))
        plan = plan_worktree(
            repository,
            plans.config,
            executor=session.executor,
            progress=session.terminal.progress,
            more=more,
            cache=plans.facts,
        )
    found = [reference for reference in findings(plan) if not files or _is_below(reference.path, chosen)]
    short = labels(plan.engines)
    look = session.terminal.look
    homes = {engine.id: str(engine.replacement) for engine in plan.engines}
    for item in found:
        place = f"{look.plain(item.path)}:{item.line}:{item.column + 1}"
        what = look.plain(f"{item.form} of {short.get(item.engine, item.engine)}")
        todo = item.reason if item.action is not Action.REWRITTEN else f"use {item.new or homes[item.engine]}"
        session.terminal.out(f"{place}: {what}: {look.plain(item.text)} {look.arrow} {look.plain(todo)}")
    if found:
        session.terminal.note(f"{number(len(found), 'legacy reference')} in {number(_files(found), 'file')}")
    return int(bool(found))


def findings(plan: Plan) -> tuple[Reference, ...]:
    """Return the references in code outside of the legacy modules, by place."""
    from planner.forms import is_code

    legacy = {engine.path for engine in plan.engines}
    found = (item for item in plan.references if is_code(item.form) and item.path not in legacy)
    return tuple(sorted(found, key=lambda item: (item.path, item.line, item.column, item.engine)))


def _files(found: Iterable[Reference]) -> int:
    return len({item.path for item in found})


def _inside(root: Path, file: Path) -> str:
    """Return a file's or folder's path from the repository's root."""
    if not file.exists():
        raise UsageProblem("no such file or folder", str(file), "name files of the repository")
    try:
        return file.resolve().relative_to(root).as_posix()
    except ValueError:
        raise UsageProblem("it lies outside of the repository", str(file), "name files of the repository") from None


def _is_below(path: str, chosen: Sequence[str]) -> bool:
    return any(place == "." or path == place or path.startswith(f"{place}/") for place in chosen)
