"""`consolidate verify`: the tests before and after a phase, compared test by test."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS, completing
from consolidate.commands.json_option import json_option
from consolidate.errors import UsageProblem
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen, Plans
    from consolidate.repository import Repository
    from consolidate.verifying.scratch import Scratch
    from consolidate.verifying.verifier import Request, Verdict, Verifier
    from planner.model import Phase

_EPILOG = """\b
In the scratch tree the command finds your environment, with these changes:
  CONSOLIDATE_VERIFY       before or after
  PYTHONPATH               the source roots of the scratch tree come first, so
                           an editable install of your tree is not tested
  PYTHONDONTWRITEBYTECODE  1
  PYTEST_ADDOPTS           a JUnit report, no stop at the first failure
  GIT_*                    removed, but for configuration and identity

\b
Example: consolidate verify --phase 1 --tests "python -m pytest"
"""


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how tests are run; `verify` and `apply --verify` share them."""
    options = (
        click.option(
            "--junit",
            metavar="FILE",
            multiple=True,
            help="A JUnit report that the command writes, or a pattern (** for folders). pytest needs none.",
        ),
        click.option(
            "--timeout",
            metavar="SECONDS",
            type=click.FloatRange(min=0.1),
            default=1800,
            show_default=True,
            help="End a run, with all its processes, that takes longer.",
        ),
        click.option(
            "--reruns",
            metavar="N",
            type=click.IntRange(0, 100),
            default=2,
            show_default=True,
            help="Run again so often what newly fails; what passes then is flaky, and no reason to refuse.",
        ),
        click.option("--fresh", is_flag=True, help="Run the tests before, although they ran within the last hour."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("verify", short_help=COMMANDS["verify"], epilog=_EPILOG)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--tests", "tests", metavar="CMD", required=True, help="The command that runs the tests, for the shell.")
@completing.phase_option("number", help="The phase; by default the next one that is open.")
@click.option("--all", "everything", is_flag=True, help="Every open phase, each against the one before.")
@run_options
@json_option("verify")
@click.pass_obj
def command(
    session: Session,
    file: Path | None,
    tests: str,
    number: int | None,
    everything: bool,
    junit: tuple[str, ...],
    timeout: float,
    reruns: int,
    fresh: bool,
    as_json: bool,
) -> int:
    """Compare the tests before and after phase N, test by test.

    CMD runs in a scratch copy of the commit before the phase and of the commit that the phase makes or has made;
    your work tree, index and branches are not touched. Exit 1 if a test fails that passed before, or is gone.
    Tests that fail before and after don't count. FILE is a plan file; without it, it is the plan that is under way,
    or a plan of HEAD.
    """
    if number is not None and everything:
        raise UsageProblem("which phases?", "", "give one of --phase N and --all")
    from consolidate.verifying.verifier import Request

    request = Request(tests, junit, timeout, reruns, fresh)
    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = plans.given(file) if file else plans.to_apply()
        plans.confirm(chosen)
        phases = _chosen(chosen, number, everything)
        if not phases:
            if as_json:
                session.terminal.json(document({"phases": []}))
            else:
                session.terminal.out("Nothing to do: every phase is applied; --phase N verifies one again.")
            return 0
        with verifier_for(session, repository, plans, request) as (verifier, scratch):
            good = True
            told: list[dict[str, Any]] = []
            for phase, before, after in _commits(repository, scratch, chosen, phases):
                verdict = verifier.verify(phase.number, before, after)
                told.append(verdict.facts())
                if not as_json:
                    show(session, repository, chosen, verdict)
                good = good and verdict.good
        if as_json:
            session.terminal.json(document({"phases": told}))
            return int(not good)
        _advise(session, repository, chosen, phases, good)
    return int(not good)


@contextlib.contextmanager
def verifier_for(
    session: Session, repository: Repository, plans: Plans, request: Request
) -> Iterator[tuple[Verifier, Scratch]]:
    """Hand out what runs the tests, with its scratch folder."""
    from consolidate.verifying.scratch import scratch
    from consolidate.verifying.verifier import Verifier
    from planner.tables import ConfigError

    roots: Sequence[str] = (".",)
    with contextlib.suppress(ConfigError):  # a plan file does without a configuration
        roots = plans.config.source_roots
    with scratch(repository) as folder:
        yield Verifier(repository, folder, request, roots, lambda what, seconds: tick(session, what, seconds)), folder


def tick(session: Session, what: str, seconds: float) -> None:
    """Show that something is going on, and for how long."""
    session.terminal.progress(f"{what}: {seconds:.0f} s" if seconds else what, 0, 0)


def show(session: Session, repository: Repository, chosen: Chosen, verdict: Verdict) -> None:
    """Print what the tests say of a phase."""
    from consolidate.render.verify_text import place, verdict_lines

    terminal = session.terminal
    phase = chosen.plan.phases[verdict.phase - 1]
    terminal.out(f"Tests of phase {phase.number}/{len(chosen.plan.phases)} {terminal.look.plain(phase.title)}:")
    terminal.out("\n".join(verdict_lines(verdict, terminal.look, everything=terminal.verbosity > 0)))
    if not verdict.good or verdict.comparison.flaky:
        terminal.out()
        terminal.out(f"Output: {terminal.look.plain(place(verdict.logs[-1], repository.root))}")


def _chosen(chosen: Chosen, number: int | None, everything: bool) -> tuple[Phase, ...]:
    if number is not None:
        return (chosen.phase(number),)
    return chosen.open if everything else chosen.open[:1]


def _commits(
    repository: Repository, scratch: Scratch, chosen: Chosen, phases: Sequence[Phase]
) -> Iterator[tuple[Phase, str, str]]:
    """Yield each phase with the commits before and after it; those of open phases are made in the scratch folder."""
    from consolidate.tree import Tree
    from consolidate.workflow import make_step
    from planner.model import ChangeSet

    head = repository.resolve("HEAD")
    tree = Tree(repository, head)
    for phase in chosen.open:
        if phase.number > max(item.number for item in phases):
            break
        step = make_step(chosen.plan, phase, tree)
        before, head = head, scratch.commit(ChangeSet(head, step.message, step.changes))
        tree.lay(step.changes)
        if phase in phases:
            yield phase, before, head
    for phase in phases:
        if phase.number in chosen.applied:
            made = next(state for state in chosen.states if state.phase == phase.number).last
            if made is None:
                what = f"phase {phase.number} is in the tree without a commit of its own"
                raise UsageProblem(what, "--phase", "there is nothing to compare it with")
            commit = repository.resolve(made.commit)
            yield phase, repository.resolve(f"{commit}^"), commit


def _advise(session: Session, repository: Repository, chosen: Chosen, phases: Sequence[Phase], good: bool) -> None:
    terminal = session.terminal
    if not good:
        terminal.note("Mend the code or the tests, commit, and plan again; nothing was touched.")
        return
    terminal.out("No test fails that passed before.")
    following = [phase for phase in chosen.open if phase in phases]
    if following and following[0] == chosen.open[0]:
        given = [chosen.file] if chosen.file else []
        terminal.out("Next:")
        terminal.out(session.command("apply", "--phase", str(following[0].number), *given))
