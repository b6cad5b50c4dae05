"""`consolidate check`: the gate for CI, on the files as they lie in the work tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from consolidate.commands import COMMANDS
from consolidate.errors import UsageProblem
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.gate.finding import Finding
    from consolidate.gate.places import Places
    from consolidate.gate.verdict import Verdict
    from consolidate.plans import Plans
    from consolidate.repository import Repository
    from planner.config import Config

FORMATS = ("text", "json", "sarif", "github")
SCHEMAS = ("baseline", "findings")


class Wanted(Struct, frozen=True):
    """The options of the command."""

    files: tuple[Path, ...]
    form: str
    create: bool
    update: bool
    bare: bool
    since: str | None
    version: str | None
    schema: str | None


@click.command("check", short_help=COMMANDS["check"], epilog="Example: consolidate check src/ tests/test_login.py")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="The form; github are annotations.")
@click.option("--create-baseline", "create", is_flag=True, help="Excuse what is there now; once, where none is.")
@click.option("--update-baseline", "update", is_flag=True, help="Drop what is not there any more; refuses to grow.")
@click.option("--no-baseline", "bare", is_flag=True, help="Excuse nothing.")
@click.option("--since", metavar="REV", help="Excuse only what the baseline of REV (a branch, a commit) has, too.")
@click.option(
    "--current-version", "version", metavar="VERSION", help="The repository's version; by default pyproject.toml's."
)
@click.option("--schema", type=click.Choice(SCHEMAS), help="Print the JSON Schema of the baseline file, or of json.")
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Look for references to legacy engines in the work tree; exit with 1 if there are any.

    With FILES (or folders), only there; a named file counts even if git doesn't track it yet. References in the
    legacy modules themselves and mere mentions in text don't count.

    A baseline excuses what was there before, by file and engine: .consolidate-baseline.json, or what `baseline` in the
    table [check] names. Commit it. It is written once (--create-baseline) and may only shrink (--update-baseline); in
    CI, --since with the branch that is merged into sees to it that nobody let it grow by hand.

    Without FILES, shims are findings too: one that nothing refers to any more, and one that is past the configuration's
    `removal-version` and still has callers. The current version is --current-version, else `current-version` in
    [check], else project.version (or tool.poetry.version) of the root's pyproject.toml; without one, or where the two
    cannot be compared, no shim is past its removal. `ignore` in [check] names rules that are not looked at
    (legacy-reference, shim-past-removal, shim-unused).

    The formats are text, json (--schema findings), sarif (SARIF 2.1.0, for code scanning) and github (annotations of
    GitHub Actions); columns count characters, in sarif UTF-16 code units, in json bytes from 0.
    """
    wanted = Wanted(**options)
    if wanted.schema:
        from consolidate.gate import baseline, documents

        session.terminal.json(baseline.schema() if wanted.schema == "baseline" else documents.schema())
        return 0
    _refuse(wanted)
    with session.repository() as repository:
        plans = session.plans(repository)
        if wanted.create or wanted.update:
            return _write(session, plans, wanted)
        return _check(session, plans, wanted)


def _refuse(wanted: Wanted) -> None:
    """Raise UsageProblem for options that do not go together."""
    flags = {
        "--create-baseline": wanted.create,
        "--update-baseline": wanted.update,
        "--no-baseline": wanted.bare,
        "--since": wanted.since is not None,
    }
    given = [name for name, value in flags.items() if value]
    if len(given) > 1:
        raise UsageProblem(f"{given[0]} does not go with {given[1]}", given[1], "give one of them")
    if (wanted.create or wanted.update) and wanted.files:
        raise UsageProblem("a baseline is of the whole repository", str(wanted.files[0]), "name no files")


def _check(session: Session, plans: Plans, wanted: Wanted) -> int:
    repository, config = plans.repository, plans.config
    repository.begin_entries("HEAD")  # before what takes its time to be imported
    from consolidate.gate import keeping
    from consolidate.gate.places import Places
    from consolidate.gate.text import notes
    from consolidate.gate.verdict import judge

    chosen = frozenset(_inside(repository.root, file) for file in wanted.files)
    baseline = None if wanted.bare else keeping.read(repository, config, wanted.since)
    found = _findings(session, plans, chosen, wanted.version or "")
    verdict = judge(found, config.check.ignore, baseline, _below(chosen))
    _print(session, config.name, verdict, Places(repository.root), wanted.form)
    update = session.command("check", "--update-baseline")
    for note in notes(verdict, update, verbose=session.terminal.verbosity > 0):
        session.terminal.note(note)
    return int(bool(verdict.findings))


def _print(session: Session, migration: str, verdict: Verdict, places: Places, form: str) -> None:
    """Write the findings to stdout."""
    terminal, look = session.terminal, session.terminal.look
    if form == "json":
        from consolidate.gate.documents import document
        from consolidate.version import version

        terminal.json(document(verdict, migration, f"consolidate {version()}"))
    elif form == "sarif":
        from consolidate.gate import sarif
        from consolidate.version import version

        terminal.json(sarif.document(verdict.findings, places, migration, version()))
    elif form == "github":
        from consolidate.gate import annotations
        from consolidate.gate.text import summary

        for line in annotations.lines(verdict.findings, summary(verdict), places, look):
            terminal.out(line)
    else:
        from consolidate.gate.text import lines_of

        for item in verdict.findings:
            terminal.out("\n".join(lines_of(item, look, places.of(item).character)))


def _write(session: Session, plans: Plans, wanted: Wanted) -> int:
    from consolidate.gate import keeping
    from consolidate.render.words import number

    repository, config = plans.repository, plans.config
    name = config.check.baseline
    if wanted.create:
        keeping.refuse_second(repository, config)
        made = keeping.create(repository, config, _findings(session, plans, frozenset()))
        session.terminal.note(f"{name} has {number(len(made.entries), 'entry', 'entries')}; commit it")
        return 0
    before, after = keeping.update(repository, config, _findings(session, plans, frozenset()))
    gone = len(before.entries) - len(after.entries)
    left = number(len(after.entries), "entry", "entries")
    session.terminal.note(f"{name} has {left}, {gone} fewer; commit it" if gone else f"{name} has {left} still")
    return 0


def _findings(session: Session, plans: Plans, chosen: frozenset[str], version: str = "") -> tuple[Finding, ...]:
    """Return what is found below the chosen paths; if there are none, what is found everywhere, shims too."""
    from consolidate.gate.finding import legacy_references
    from consolidate.gitstep.paths import placed
    from consolidate.planning import plan_worktree

    repository: Repository = plans.repository
    config: Config = plans.config
    below = _below(chosen)
    plan = plan_worktree(
        repository,
        config,
        executor=session.executor,
        progress=session.terminal.progress,
        # Files that are named are looked at whether git tracks them or not.
        more=tuple(sorted(place for place in chosen if placed(repository.root, place).is_file())),
        only=below if chosen else None,
        cache=plans.facts,
    )
    found = [item for item in legacy_references(plan) if below(item.path)]
    if not chosen:
        from consolidate.gate.places import Places
        from consolidate.gate.shims import Versions, shim_findings
        from consolidate.gate.versions import current_version

        current = current_version(repository.root, version, config.check.current_version)
        found += shim_findings(plan, Versions(config.removal_version, current), Places(repository.root).data)
    return tuple(found)


def _inside(root: Path, file: Path) -> str:
    """Return a file's or folder's path from the repository's root."""
    from consolidate.gitstep.paths import path_of

    if not file.exists():
        raise UsageProblem("no such file or folder", str(file), "name files of the repository")
    try:
        return path_of(root, file.resolve())
    except ValueError:
        raise UsageProblem("it lies outside of the repository", str(file), "name files of the repository") from None


def _below(chosen: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells if a path, or a folder that it lies in, is chosen, as all are where none is.

    pre-commit names thousands of files.
    """

    def below(path: str) -> bool:
        while path and path not in chosen:
            path = path.rpartition("/")[0]
        return bool(path)

    return below if chosen and "." not in chosen else lambda _: True
