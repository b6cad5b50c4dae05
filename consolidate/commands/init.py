"""`consolidate init`: the first configuration."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.commands.json_option import json_option
from consolidate.errors import UsageProblem
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.repository import Repository
    from consolidate.starting.draft import Draft
    from consolidate.starting.proposal import Proposal


@click.command(
    "init", short_help=COMMANDS["init"], epilog="Example: consolidate init --detect 'Execution(Engine|Factory)'"
)
@click.option("--detect", metavar="REGEX", help="Propose classes and functions whose names end in what REGEX matches.")
@click.option("--target", metavar="SYMBOL", help="The one that is left: package.module:Name.")
@click.option("--legacy", metavar="SYMBOL", multiple=True, help="One to be consolidated; may be given several times.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write FILE instead.")
@json_option("init", "With --detect: print the proposal as JSON and write nothing.")
@click.pass_obj
def command(
    session: Session,
    detect: str | None,
    target: str | None,
    legacy: tuple[str, ...],
    output: Path | None,
    as_json: bool,
) -> int:
    """Write a commented consolidate.toml at the root of the repository; never over one that is there.

    With --detect it reads HEAD and proposes engines, target and exports, by evidence: names, bases, shared members,
    importers. What only looks alike is proposed with mode = "report", or named in a comment. Read it before you plan.
    """
    if detect is None and as_json:
        raise UsageProblem("--json is for --detect", "--json", "add --detect REGEX")
    if detect is not None and legacy:
        raise UsageProblem("--legacy does not go with --detect", "--legacy", "leave one of them out")
    with session.repository() as repository:
        place = _place(repository, output or session.config_file, output is not None or session.config_file is not None)
        if not as_json:
            _check_free(repository, place, named=output is not None or session.config_file is not None)
        if detect is not None:
            proposal = _detected(session, repository, detect, target)
            if as_json:
                session.terminal.json(document(proposal.facts()))
                return 0
            draft = proposal.draft()
            _print(session, proposal)
        else:
            draft = _named(repository, target, legacy)
        _write(place, draft)
    shown = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    session.terminal.note(f"Wrote {shown}")
    complete = detect is not None or (target and legacy)
    session.terminal.note("Next: read it, commit it, then" if complete else "Next: name target and engines in it, then")
    given = () if place == repository.root / "consolidate.toml" else ("--config", str(shown))
    session.terminal.note(session.command(*given, "plan"))
    return 0


def _place(repository: Repository, file: Path | None, named: bool) -> Path:
    return file.absolute() if file is not None and named else repository.root / "consolidate.toml"


def _check_free(repository: Repository, place: Path, *, named: bool) -> None:
    """Refuse where there is a configuration already."""
    hint = "edit it, or name another file with -o"
    if place.exists() or place.is_symlink():
        raise UsageProblem(
            "there is a configuration already" if not named else "there is a file already", str(place), hint
        )
    other = repository.root / "pyproject.toml"
    if not named and other.is_file():
        try:
            tool = tomllib.loads(other.read_bytes().decode("utf-8")).get("tool")
        except ValueError:
            return
        if isinstance(tool, dict) and tool.get("consolidate"):
            raise UsageProblem("there is a configuration already", f"{other}: tool.consolidate", hint)


def _named(repository: Repository, target: str | None, legacy: tuple[str, ...]) -> Draft:
    """Return a configuration with the symbols that the user named; they are looked up."""
    from consolidate.snapshots import CommitSnapshot
    from consolidate.starting.code import Code
    from consolidate.starting.draft import LEGACY, TARGET, Draft, DraftEngine
    from consolidate.starting.named import lookup

    code = Code(CommitSnapshot(repository, repository.resolve("HEAD")))
    goes = str(lookup(code, target, "--target")) if target else TARGET
    engines = [str(lookup(code, name, "--legacy")) for name in legacy] or [LEGACY]
    return Draft(goes, tuple(DraftEngine(name) for name in engines), code.roots)


def _write(place: Path, draft: Draft) -> None:
    """Write the file; what is written has been read as a configuration before."""
    from consolidate.starting.draft import toml
    from planner.config import parse

    text = toml(draft)
    parse(tomllib.loads(text))
    try:
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:
        raise UsageProblem(
            f"the file cannot be written: {error.strerror}", str(place), "name another with -o"
        ) from None


def _detected(session: Session, repository: Repository, detect: str, target: str | None) -> Proposal:
    from consolidate.snapshots import CommitSnapshot
    from consolidate.starting.code import Code
    from consolidate.starting.named import lookup
    from consolidate.starting.proposal import propose

    try:
        pattern = re.compile(detect)
    except (re.error, RecursionError, OverflowError) as error:
        raise UsageProblem(f"no regular expression: {error}", "--detect", "write it as for Python's re") from None
    code = Code(CommitSnapshot(repository, repository.resolve("HEAD")))
    goes = lookup(code, target, "--target") if target else None
    return propose(code, pattern, goes, session.terminal.progress)


def _print(session: Session, proposal: Proposal) -> None:
    from consolidate.render.detect_text import page

    terminal = session.terminal
    terminal.out("\n".join(page(proposal, terminal.look, verbose=terminal.verbosity > 0)))
