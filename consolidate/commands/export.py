"""`consolidate export`: the gate's ban for other linters."""

from __future__ import annotations

import click

from consolidate.commands import COMMANDS
from consolidate.session import Session

FORMATS = ("ruff", "import-linter")


@click.command(
    "export",
    short_help=COMMANDS["export"],
    epilog="Example: consolidate export --format ruff > ruff-engines.toml",
)
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="Whose configuration.")
@click.option("--pyproject", is_flag=True, help="Ruff's tables as pyproject.toml has them; import-linter's always are.")
@click.pass_obj
def command(session: Session, form: str, pyproject: bool) -> int:
    """Write the ban on legacy engines as configuration of ruff (TID251) or import-linter, to stdout.

    Those run in editors and need no plan. They see imports and what is reached through them, but no strings, no patch
    targets and no names that other modules hand on: keep `check` in CI. The legacy modules themselves, the files of the
    baseline and what the configuration excludes are excused; write it again when the baseline has shrunk.

    Ruff takes it as a file of its own, kept at the root (`extend = "ruff-engines.toml"` in ruff.toml or [tool.ruff]).
    import-linter, 2.5 or later, takes it in pyproject.toml, or in a file given by `lint-imports --config`.
    """
    from consolidate.gate import bans, keeping

    with session.repository() as repository:
        config = session.plans(repository).config
        baseline = keeping.read(repository, config, None)
        paths = [entry.path for entry in repository.entries(repository.resolve("HEAD"))]
        wanted = bans.ban(config, paths, baseline.entries if baseline is not None else ())
    text = bans.ruff(wanted, pyproject=pyproject) if form == "ruff" else bans.import_linter(wanted)
    session.terminal.raw(text.encode())
    return 0
