"""`consolidate apply`: one phase, or all that are open, each as one commit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consolidate.commands import COMMANDS, completing
from consolidate.commands.json_option import json_option
from consolidate.commands.verify import run_options, show, verifier_for
from consolidate.errors import UsageProblem
from consolidate.render.words import number as counted
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen, Plans
    from consolidate.repository import Repository
    from consolidate.tree import Tree
    from consolidate.verifying.gates import Gates
    from consolidate.verifying.verifier import Request, Verdict
    from planner.model import Phase


@click.command("apply", short_help=COMMANDS["apply"], epilog="Example: consolidate apply --phase 1")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@completing.phase_option("number", help="The phase.")
@click.option("--all", "everything", is_flag=True, help="Apply every open phase, in order.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be done, and touch nothing.")
@click.option("--skip-unproved", is_flag=True, help="Leave files whose edits could not be proved.")
@click.option("--verify", "tests", metavar="CMD", help="Commit only if no test of CMD newly fails or is gone.")
@run_options
@click.option("--run-hooks", is_flag=True, help="Run the hooks that git commit would run, in a scratch tree.")
@click.option("--continue", "resume", is_flag=True, help="Finish a run that was cut off.")
@click.option("--abort", is_flag=True, help="Undo a run that was cut off.")
@json_option("apply")
@click.pass_obj
def command(
    session: Session,
    file: Path | None,
    number: int | None,
    everything: bool,
    dry_run: bool,
    skip_unproved: bool,
    tests: str | None,
    junit: tuple[str, ...],
    timeout: float,
    reruns: int,
    fresh: bool,
    run_hooks: bool,
    resume: bool,
    abort: bool,
    as_json: bool,
) -> int:
    """Apply phase N as one commit; phases go in order.

    FILE is a plan file; without it, it is the plan that is under way, or a plan of HEAD.

    With --verify, the tests run before and after each phase in a scratch copy, as `consolidate verify` does; where one
    newly fails or is gone, the phase is refused (exit 3) before anything is touched. Without --run-hooks, no hook runs;
    where one rejects the commit, nothing is changed (exit 4).
    """
    if [number is not None, everything, resume, abort].count(True) != 1:
        raise UsageProblem("say what to apply", "", "give one of --phase N, --all, --continue and --abort")
    if (tests is not None or run_hooks) and (dry_run or resume or abort):
        what = "--verify and --run-hooks go with --phase and --all only"
        raise UsageProblem(what, "", "`consolidate verify --phase N --tests CMD` changes nothing")
    if resume or abort:
        return _finish(session, abort, as_json)
    from consolidate.workflow import phases_to_apply, refuse_if_cut_off

    with session.repository() as repository, _alone(repository, number, dry_run):
        refuse_if_cut_off(repository)
        plans = session.plans(repository)
        chosen = plans.given(file) if file else plans.to_apply()
        plans.confirm(chosen)
        phases = phases_to_apply(chosen, number)
        report = Report(session, chosen, dry_run=dry_run) if as_json else None
        if not phases and report is None:
            what = f"phase {number} is applied already" if number and chosen.plan.phases else "every phase is applied"
            session.terminal.out(f"Nothing to do: {what if chosen.plan.phases else 'the plan has no phases'}.")
            return 0
        with report or contextlib.nullcontext():
            if dry_run:
                _rehearse(session, repository, chosen, phases, skip_unproved, report)
            elif phases:
                request = _request(tests, junit, timeout, reruns, fresh)
                with _gates(session, repository, plans, chosen, request, run_hooks, report) as gates:
                    _apply(session, repository, chosen, phases, skip_unproved, gates, report)
    return 0


class Report:
    """What was done, as JSON; leaving the context prints it, also where a later phase is refused after others."""

    def __init__(self, session: Session, chosen: Chosen, *, dry_run: bool) -> None:
        self._session, self._chosen, self._dry_run = session, chosen, dry_run
        self._phases: list[dict[str, Any]] = []
        self._verified: dict[int, dict[str, Any]] = {}

    def __enter__(self) -> Report:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and not self._phases:
            return
        plan, done = self._chosen.plan, {item["number"] for item in self._phases if not self._dry_run}
        facts = {
            "migration": plan.migration,
            "plan": plan.digest,
            "dry_run": self._dry_run,
            "phases": self._phases,
            "open": [phase.number for phase in self._chosen.open if phase.number not in done],
        }
        self._session.terminal.json(document(facts))

    def verified(self, verdict: Verdict) -> None:
        """Take what the tests say of a phase."""
        self._verified[verdict.phase] = verdict.facts()

    def phase(self, phase: Phase, commit: str | None) -> None:
        """Take a phase that was applied, or that would be."""
        verified = self._verified.get(phase.number)
        found = {"number": phase.number, "title": phase.title, "files": len(phase.files)}
        self._phases.append({**found, "commit": commit, "verified": verified})


def _request(tests: str | None, junit: tuple[str, ...], timeout: float, reruns: int, fresh: bool) -> Request | None:
    if tests is None:
        return None
    from consolidate.verifying.verifier import Request

    return Request(tests, junit, timeout, reruns, fresh)


@contextlib.contextmanager
def _gates(
    session: Session,
    repository: Repository,
    plans: Plans,
    chosen: Chosen,
    request: Request | None,
    run_hooks: bool,
    report: Report | None,
) -> Iterator[Gates | None]:
    """Hand out what the commits have to pass, None where nothing was asked for."""
    if request is None and not run_hooks:
        yield None
        return
    from consolidate.verifying.gates import Gates
    from consolidate.verifying.hooks import Hooks
    from consolidate.verifying.verifier import Request

    def tell_hook(output: bytes) -> None:
        for line in output.decode("utf-8", "surrogateescape").splitlines():
            session.terminal.note(line)

    with verifier_for(session, repository, plans, request or Request("")) as (verifier, folder):
        yield Gates(
            folder,
            Hooks(repository, tell_hook) if run_hooks else None,
            verifier if request else None,
            report.verified if report else lambda verdict: show(session, repository, chosen, verdict),
        )


def _alone(repository: Repository, number: int | None, dry_run: bool) -> contextlib.AbstractContextManager[None]:
    """Hold the lock from before the first look: what another run does meanwhile would make it wrong."""
    words = "--all" if number is None else f"--phase {number}"
    return contextlib.nullcontext() if dry_run else repository.lock(f"apply {words}")


def _apply(
    session: Session,
    repository: Repository,
    chosen: Chosen,
    phases: Sequence[Phase],
    skip_unproved: bool,
    gates: Gates | None,
    report: Report | None,
) -> None:
    from consolidate.tree import Tree
    from consolidate.workflow import commit_step, make_step

    names = " and ".join(dict.fromkeys((str(phases[0].number), str(phases[-1].number))))
    with repository.lock(f"apply --phase {names}"):
        head = repository.resolve("HEAD")
        tree = Tree(repository, head)
        for count, phase in enumerate(phases):
            session.terminal.progress(f"phase {phase.number} {phase.title}", count, len(phases))
            step = make_step(chosen.plan, phase, tree, skip_unproved=skip_unproved)
            head = commit_step(repository, step, head, gates.of(phase.number) if gates else ())
            if gates:
                gates.after()
            tree.lay(step.changes)
            if report:
                report.phase(phase, head)
            else:
                session.terminal.out(f"{_title(session, chosen, phase)}: commit {head[:12]}")
    following = [phase for phase in chosen.open if phase not in phases]
    if report:
        return
    if following:
        given = [chosen.file] if chosen.file else []
        session.terminal.out("Next:")
        session.terminal.out(session.command("apply", "--phase", str(following[0].number), *given))
    else:
        session.terminal.note("Every phase is applied.")


def _rehearse(
    session: Session,
    repository: Repository,
    chosen: Chosen,
    phases: Sequence[Phase],
    skip_unproved: bool,
    report: Report | None,
) -> None:
    """Do everything but the commits: the phases are laid over each other in memory."""
    from consolidate.commands.diff import file_diffs
    from consolidate.render.diff import stat
    from consolidate.tree import Tree
    from consolidate.workflow import make_step, predict

    head = repository.resolve("HEAD")
    tree: Tree = Tree(repository, head)
    for phase in phases:
        step = make_step(chosen.plan, phase, tree, skip_unproved=skip_unproved)
        if phase is phases[0]:
            predict(repository, [step], head)
        if report:
            report.phase(phase, None)
        else:
            session.terminal.out(f"{_title(session, chosen, phase)}: would be applied")
            session.terminal.out("\n".join(stat(file_diffs(phase, tree), session.terminal.look)))
        tree.lay(step.changes)
    session.terminal.note("Dry run: nothing was touched.")


def _title(session: Session, chosen: Chosen, phase: Phase) -> str:
    """Return the beginning of the line about a phase: on a terminal the title is cut, to have room for a commit."""
    look = session.terminal.look
    place, files = f"phase {phase.number}/{len(chosen.plan.phases)}", counted(len(phase.files), "file")
    room = look.width - len(f"{place} : {files}: commit {'0' * 12}")
    title = look.plain(phase.title)
    return f"{place} {look.cut(title, max(room, 10)) if look.terminal else title}: {files}"


def _finish(session: Session, abort: bool, as_json: bool) -> int:
    with session.repository() as repository:
        done = repository.abort() if abort else repository.resume()
    if as_json:
        facts = {"operation": done.operation, "outcome": done.outcome, "commit": done.commit, "left": list(done.left)}
        session.terminal.json(document(facts))
        return 0
    outcome = {"nothing": "had changed nothing yet", "finished": "is finished", "undone": "is undone"}
    operation = session.terminal.look.plain(done.operation)
    session.terminal.out(f"{operation} {outcome[done.outcome]}; HEAD is {done.commit[:12]}")
    for path in done.left:
        session.terminal.note(f"note: left as it is, because it was changed meanwhile: {path}")
    return 0
