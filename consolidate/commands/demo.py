"""`consolidate demo`: a whole migration on the sample repository, its tests before and after."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.errors import UsageProblem
from consolidate.render.table import Column, table
from consolidate.render.words import number
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen
    from consolidate.repository import Repository

SAMPLE = Path(__file__).parent.parent.parent / "sample_repo"  # beside the packages, in a checkout and in a wheel
_GROUPS = (Column("tests", gives=True), Column("before"), Column("after"))
_COMMITS = (Column("phase", right=True), Column("title", gives=True), Column("files", right=True), Column("commit"))


@click.command("demo", short_help=COMMANDS["demo"], epilog="Example: consolidate demo /tmp/demo")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def command(session: Session, directory: Path | None) -> int:
    """Run a whole migration on a copy of the sample repository.

    The copy goes to DIR (new or empty; by default a new folder for temporary files) and becomes a real git repository.
    Its tests run before and after; exit 0 only if every phase was applied and no test that passed fails now.
    """
    from consolidate.gitstep.fresh import create_repository
    from consolidate.repository import Repository
    from consolidate.testrun import run_tests

    terminal = session.terminal
    folder = _copy(directory)
    create_repository(folder, "Add the sample: twelve engines that do one thing")
    terminal.out(f"The sample is in {terminal.look.plain(str(folder))}")
    terminal.progress("tests before", 0, 2)
    before = run_tests(folder)
    with Repository.open(folder) as repository:
        plans = session.plans(repository)
        plan = plans.new(repository.resolve("HEAD"))
        terminal.out(
            f"Planned: {number(len(plan.engines), 'engine')}, {number(len(plan.references), 'reference')} "
            f"in {number(len({item.path for item in plan.references}), 'file')}, {number(len(plan.phases), 'phase')}"
        )
        _apply_all(session, repository, plans.to_apply())
        again = plans.new(repository.resolve("HEAD"))
        rows = [
            (str(phase.number), phase.title, str(len(phase.files)), commit.commit[:12])
            for phase, commit in zip(plan.phases, plans.commits(), strict=True)
        ]
    terminal.progress("tests after", 1, 2)
    after = run_tests(folder)
    terminal.out()
    terminal.out("\n".join(table(_COMMITS, rows, terminal.look)))
    terminal.out()
    _print_tests(session, before, after)
    broken = sorted(test for test, passed in before.items() if passed and not after.get(test, False))
    for test in broken:
        terminal.note(f"passed before, not now: {test}")
    if again.phases:
        terminal.note(f"planning again finds {number(len(again.phases), 'phase')} more")
    _print_next(session, folder)
    return int(bool(broken or again.phases or not rows or not before))


def _copy(directory: Path | None) -> Path:
    if not (SAMPLE / "consolidate.toml").is_file():
        raise UsageProblem("the sample repository is not installed", str(SAMPLE), "install consolidate again")
    if directory is None:
        folder = Path(tempfile.mkdtemp(prefix="consolidate-demo-"))
    else:
        folder = directory.absolute()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageProblem("the folder for the demo is not empty", str(directory), "name a new or an empty folder")
    try:
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc", ".pytest_cache", ".git")
        shutil.copytree(SAMPLE, folder, ignore=ignored, dirs_exist_ok=True)
    except OSError as error:
        raise UsageProblem(f"the sample cannot be copied: {error}", str(folder), "name another folder") from None
    return folder


def _apply_all(session: Session, repository: Repository, chosen: Chosen) -> None:
    from consolidate.tree import Tree
    from consolidate.workflow import commit_step, make_step, phases_to_apply

    head = repository.resolve("HEAD")
    tree = Tree(repository, head)
    phases = phases_to_apply(chosen, None)
    for phase in phases:
        session.terminal.progress(f"phase {phase.title}", phase.number - 1, len(phases))
        step = make_step(chosen.plan, phase, tree)
        head = commit_step(repository, step, head)
        tree.lay(step.changes)


def _print_tests(session: Session, before: Mapping[str, bool], after: Mapping[str, bool]) -> None:
    groups = sorted({_group(test) for test in (*before, *after)})
    rows = [(group, _score(before, group), _score(after, group)) for group in (*groups, "all")]
    session.terminal.out("\n".join(table(_GROUPS, rows, session.terminal.look)))


def _group(test: str) -> str:
    """Return the folder below `tests` that a test lies in, or its file."""
    return test.partition("::")[0].removeprefix("tests/").partition("/")[0]


def _score(results: Mapping[str, bool], group: str) -> str:
    mine = [passed for test, passed in results.items() if group in ("all", _group(test))]
    failed = mine.count(False)
    return f"{mine.count(True)} passed" + (f", {failed} failed" if failed else "")


def _print_next(session: Session, folder: Path) -> None:
    place = ("-C", str(folder))
    session.terminal.out()
    session.terminal.out("Look around there, or take it back:")
    for words in (("history",), ("status",), ("revert", "--phase", "1", "--through"), ("plan",)):
        session.terminal.out(f"  {session.command(*place, *words)}")
