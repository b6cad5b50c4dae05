"""`consolidate campaign`: one migration over many repositories, side by side, each in a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.errors import Refused, UsageProblem
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.campaign.campaign import Campaign, Row, Task
    from consolidate.campaign.listing import Entry
    from consolidate.campaign.state import State

_VERBS = ["plan", "apply", "status", "report"]


@click.command(
    "campaign",
    short_help=COMMANDS["campaign"],
    epilog="Example: consolidate campaign repos.txt plan && consolidate campaign repos.txt apply --phase 1 --resume",
)
@click.argument("file", metavar="REPOS.txt", type=click.Path(path_type=Path))
@click.argument("verb", type=click.Choice(_VERBS), metavar="plan|apply|status|report")
@click.option("--phase", metavar="N", type=click.IntRange(1), help="apply: this phase.")
@click.option("--all", "everything", is_flag=True, help="apply: every open phase.")
@click.option("--verify", metavar="CMD", help="apply: commit only if no test of CMD newly fails or is gone.")
@click.option("--resume", is_flag=True, help="plan, apply: only where it is still to be done, or has failed.")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), help="Repositories side by side.")
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0.1), help="End what takes longer in a repository.")
@click.option("--memory", metavar="MIB", type=click.IntRange(64), help="Memory that a repository's process may use.")
@click.option("--state", metavar="DIR", type=click.Path(path_type=Path), help="Default: REPOS.txt.campaign.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown", "csv"]), default="text")
@json_option("campaign", "The same as --format json.")
@click.option("--check", is_flag=True, help="status, report: exit with 1 if a phase is left anywhere.")
@click.pass_obj
def command(
    session: Session,
    file: Path,
    verb: str,
    phase: int | None,
    everything: bool,
    verify: str | None,
    resume: bool,
    jobs: int | None,
    timeout: float | None,
    memory: int | None,
    state: Path | None,
    form: str,
    as_json: bool,
    check: bool,
) -> int:
    """Run one migration over the repositories of a list, and tell of them in one table.

    REPOS.txt has a line for each, `PATH [--config FILE]`, quoted as in a shell, relative to the list. A --config before
    `campaign` is for those without one; a repository with neither has its own. One that fails is a row with its
    reason, and stops no other; then the exit code is 1.

    plan keeps a plan file of each in the state folder, apply applies exactly that one. Run it again with --resume
    to go on after an interruption or a repair. status asks the repositories, report tells what is known without.
    """
    from consolidate.campaign.listing import read
    from consolidate.campaign.running import Limits
    from consolidate.campaign.state import State

    task = _task(verb, phase, everything, verify)
    if resume and task is None:
        raise UsageProblem("there is nothing to resume", f"{verb} --resume", "plan and apply can be resumed")
    if check and task is not None:
        raise UsageProblem("--check tells of a campaign and does nothing", f"{verb} --check", "use it with status")
    entries = read(file)
    folder = (state or file.with_name(f"{file.name}.campaign")).absolute()
    limits = Limits(jobs or session.processes, timeout or 0, (memory or 0) << 20)
    if task is None:
        campaign = _campaign(session, entries, State.load(folder))
        if verb == "report":
            rows = campaign.rows()
        else:
            with tempfile.TemporaryDirectory(prefix="consolidate-campaign-") as scratch:
                rows = campaign.look(limits, Path(scratch))
        _show(session, rows, "json" if as_json else form)
        failed = verb == "status" and any(row.state == "failed" for row in rows)
        return int(failed or (check and any(row.state != "applied" for row in rows)))
    with State(folder).locked(f"consolidate campaign {verb}") as lock:
        campaign = _campaign(session, entries, State.load(folder))
        try:
            rows = campaign.run(task, limits, resume=resume, lock=lock)
        except OSError as error:
            raise Refused(
                f"the campaign's state cannot be kept: {error.strerror}", str(folder), "see to that, then --resume"
            ) from error
    _show(session, rows, "json" if as_json else form)
    return int(any(row.state != "done" for row in rows))


def _task(verb: str, phase: int | None, everything: bool, verify: str | None) -> Task | None:
    from consolidate.campaign.campaign import PLAN, Task

    if verb != "apply":
        if phase is not None or everything or verify is not None:
            raise UsageProblem("--phase, --all and --verify are for apply", verb, "leave them out")
        return Task(PLAN, ("plan",)) if verb == "plan" else None
    if (phase is None) == (not everything):
        raise UsageProblem("say what to apply", "", "give --phase N or --all")
    words = ["--verify", verify] if verify is not None else []
    if phase is None:
        return Task("apply all", ("apply", "--all", *words))
    return Task(f"apply {phase}", ("apply", "--phase", str(phase), *words), phase)


def _campaign(session: Session, entries: Sequence[Entry], state: State) -> Campaign:
    from consolidate.campaign.campaign import Campaign

    return Campaign(
        entries,
        state,
        config=session.config_file.absolute() if session.config_file else None,
        options=_options(session),
        progress=session.terminal.progress,
        note=session.terminal.note,
    )


def _options(session: Session) -> list[str]:
    """Return the options that the program is given in every repository."""
    options = ["--color", "never", "--jobs", "1"]
    options += ["--trust-codemods"] if session.trust else []
    options += [] if session.cached else ["--no-cache"]
    if session.scheduler is not None:
        options += ["--executor", "dask", *(["--scheduler", session.scheduler] if session.scheduler else [])]
    return options


def _show(session: Session, rows: Sequence[Row], form: str) -> None:
    from consolidate.render import campaign

    if form == "json":
        session.terminal.json(campaign.data(rows))
    elif form == "text":
        session.terminal.out("\n".join(campaign.text(rows, session.terminal.look)))
    else:
        told = campaign.markdown(rows) if form == "markdown" else campaign.comma_separated(rows)
        session.terminal.raw(told.encode("utf-8", "backslashreplace"))
