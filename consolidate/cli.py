"""The command line: options that stand before the command, commands imported when they are run, errors to exit codes.

`main` is the only place that turns an exception into an exit code (contract.md, "Commands").
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import click

from consolidate.commands import COMMANDS
from consolidate.errors import ConsolidateError, Refused, file_of, of_the_machine
from consolidate.render.look import escape
from consolidate.session import Session
from consolidate.terminal import Terminal

_COLORS = ["auto", "always", "never"]
# Those that may make a plan.
_PLANNING = ("plan", "show", "diff", "apply", "status", "revert", "verify", "review", "report", "campaign", "doctor")
_TRUST_HELP = "Run codemods of the repository's own codemods folder, where a phase names them."
USAGE, BUG, INTERRUPTED, BROKEN_PIPE, TERMINATED = 2, 70, 130, 141, 143


class Terminated(BaseException):
    """SIGTERM, as an exception, so that everything is left in order."""


class Stopped(BaseException):
    """Ctrl-C, past click, which would write an empty line."""


class Commands(click.Group):
    """The group of commands. A command's module is imported when it is run or asked for help, never for the list."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command. The talkative options may stand behind its name too."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"consolidate.commands.{cmd_name.replace('-', '_')}").command
        if not any(option.name == "late_verbose" for option in command.params):
            command.params += [*([_trust_option()] if cmd_name in _PLANNING else []), *_late_options()]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with; for an unknown one, name those that are near."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"commands are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no such command: {args[0][:60]}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Stopped from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _trust_option() -> click.Parameter:
    def trust(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and (session := ctx.find_object(Session)):
            session.trust_codemods()

    return click.Option(
        ["--trust-codemods", "late_trust"], is_flag=True, expose_value=False, callback=trust, help=_TRUST_HELP
    )


def _late_options() -> list[click.Parameter]:
    def talk(step: int) -> Any:
        def change(ctx: click.Context, _: click.Parameter, value: bool) -> None:
            if value:
                ctx.find_object(Session).terminal.verbosity = step  # type: ignore[union-attr]

        return change

    def paint(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value:
            ctx.find_object(Session).terminal.color = value  # type: ignore[union-attr]

    shared: dict[str, Any] = {"expose_value": False, "hidden": True}
    return [
        click.Option(["-v", "--verbose", "late_verbose"], is_flag=True, callback=talk(1), **shared),
        click.Option(["-q", "--quiet", "late_quiet"], is_flag=True, callback=talk(-1), **shared),
        click.Option(["--color", "late_color"], type=click.Choice(_COLORS), callback=paint, **shared),
    ]


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from consolidate.version import version

        click.echo(f"consolidate {version()}")
        ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CONSOLIDATE"},
    epilog="Start with `consolidate demo`, or, where there is a consolidate.toml, with `consolidate plan`.",
)
@click.option("-C", "directory", metavar="DIR", type=click.Path(path_type=Path), help="Run as if started in DIR.")
@click.option("--config", metavar="FILE", type=click.Path(path_type=Path), help="Use this configuration.")
@click.option("-q", "--quiet", is_flag=True, help="No notes, no progress.")
@click.option("-v", "--verbose", is_flag=True, help="Show everything: every place, every name in full.")
@click.option("--color", type=click.Choice(_COLORS), default="auto", help="When to use colours.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    help="Processes to plan with.",
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    help="Who plans: processes of this machine, or the workers of a Dask cluster (pip install 'consolidate[dask]').",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="The scheduler of that cluster, such as tcp://HOST:8786. Trust it: it can run any code here.",
)
@click.option("--no-cache", is_flag=True, help="Plan from scratch: neither read nor keep what other runs found.")
@click.option("--trust-codemods", is_flag=True, help=_TRUST_HELP)
@click.option("--traceback", is_flag=True, help="Show where an error comes from.")
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version."
)
@click.pass_context
def cli(
    ctx: click.Context,
    directory: Path | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    color: str,
    jobs: int | None,
    executor: str,
    scheduler: str | None,
    no_cache: bool,
    trust_codemods: bool,
    traceback: bool,
) -> None:
    """Move a code base from many implementations of one thing to one.

    Phase by phase, each phase a commit that can be reverted.
    """
    session: Session = ctx.obj
    session.terminal.verbosity = int(verbose) - int(quiet)
    session.terminal.color = color
    session.config_file = config
    session.jobs = jobs or 0
    session.scheduler = (scheduler or "") if executor == "dask" else None
    session.cached = not no_cache
    session.traceback = traceback
    named = ((flag, value) for flag, value in (("-C", directory), ("--config", config)) if value)
    session.given = [part for flag, value in named for part in (flag, str(value))]
    if scheduler and executor != "dask":
        raise click.UsageError("--scheduler is for a Dask cluster; --executor; add --executor dask")
    if trust_codemods:
        session.trust_codemods()
    if directory:
        try:
            os.chdir(directory)
        except OSError as error:
            raise click.UsageError(f"{directory}: {error.strerror}; -C; name a folder") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with the arguments (by default the process's own) and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    session = Session(Terminal())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with _terminated():
            code = cli.main(words, prog_name="consolidate", standalone_mode=False, obj=session)
            sys.stdout.flush()
            return int(code or 0)
    except BaseException as error:  # noqa: BLE001  (the one place that maps errors to exit codes)
        return _exit_code(error, session, words)


def run() -> int:
    """Run the program as the only thing that this process does, and return its exit code.

    What a run makes is needed to its end, or freed when nothing refers to it: to look for cycles costs a twentieth.
    """
    gc.disable()
    code = main()
    gc.freeze()  # the interpreter looks for cycles once more before it ends
    return code


def _exit_code(error: BaseException, session: Session, words: Sequence[str]) -> int:
    """Tell the user in one line what happened and return the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, BrokenPipeError):
        # Nobody reads any more; the interpreter must not try to flush again.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    if session.traceback or "--traceback" in words:
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            sys.stderr.write(f"{escape(line)}\n")
    tell = session.terminal.error
    if isinstance(error, KeyboardInterrupt | Stopped | click.Abort | Terminated):
        ended = TERMINATED if isinstance(error, Terminated) else INTERRUPTED
        tell("interrupted", "", "if a change was under way, `consolidate status` tells how to go on")
        return ended
    if isinstance(error, ConsolidateError):
        tell(error.what, error.where, error.hint)
        return error.exit_code
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "consolidate"
        tell(error.format_message().rstrip("."), "", f"see `{path} --help`")
        return USAGE
    if isinstance(error, OSError) and of_the_machine(error):
        # Where something had been touched, the git step has made a HalfWay of it.
        tell(f"the machine refuses: {error.strerror}", file_of(error), "see to that, then run it again")
        return Refused.exit_code
    if _is_input_error(error):
        tell(str(getattr(error, "what", error)), getattr(error, "where", ""), getattr(error, "hint", ""))
        return USAGE
    from consolidate.crash import report

    written = report(error, words)
    hint = "please report it" if written else "run it again with --traceback, and please report it"
    tell(f"a bug in consolidate: {type(error).__name__}: {error}"[:300], str(written or ""), hint)
    return BUG


def _is_input_error(error: BaseException) -> bool:
    """Tell if the configuration or a plan file is wrong; their modules are loaded only if they were used."""
    known = (("planner.config", "ConfigError"), ("planner.planfile_shape", "PlanFileError"))
    return any(
        module in sys.modules and isinstance(error, getattr(sys.modules[module], name)) for module, name in known
    )


@contextlib.contextmanager
def _terminated() -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
