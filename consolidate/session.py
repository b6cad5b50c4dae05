"""What every command is given: the terminal, the options that stand before the command, and the repository."""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidate.errors import UsageProblem
from consolidate.terminal import Terminal

if TYPE_CHECKING:
    from consolidate.executors.ports import Executor
    from consolidate.plans import Plans
    from consolidate.repository import Repository


class Session(Struct):
    """One run of the program. `given` are the options before the command, for the commands that we advise.

    `trust` lets codemods that lie in the repository run; `cached` lets what other runs found be used.
    `scheduler` is the address of the Dask scheduler to plan with, "" for the one that Dask's configuration names.
    """

    terminal: Terminal = field(default_factory=Terminal)
    config_file: Path | None = None
    jobs: int = 0
    scheduler: str | None = None
    given: Sequence[str] = ()
    trust: bool = False
    cached: bool = True
    traceback: bool = False

    def trust_codemods(self) -> None:
        """Let codemods that lie in the repository run, in this run and in those that it advises."""
        if not self.trust:
            self.trust = True
            self.given = [*self.given, "--trust-codemods"]

    @property
    def processes(self) -> int:
        """How many processes a plan may use."""
        return self.jobs or os.cpu_count() or 1

    @property
    def executor(self) -> Executor:
        """Who does the work of a plan."""
        if self.scheduler is None:
            from consolidate.executors.local import Local

            return Local(self.processes)
        from consolidate.executors.dask import Dask

        return Dask(self.scheduler, self.terminal.note)

    @contextlib.contextmanager
    def repository(self, *, tell: bool = True) -> Iterator[Repository]:
        """Open the repository around the current folder; if `tell`, say so if a run was cut off there.

        Raises ConsolidateError where `tell` and it can't be told whether one was.
        """
        from consolidate.repository import Repository

        with Repository.open(_here()) as repository:
            # A run that is at work has a journal too, which is gone when it has ended.
            if tell and repository.pending() and not repository.held_by() and (pending := repository.pending()):
                self.terminal.note(
                    f"note: a run was cut off here ({pending.operation}); `{self.command('apply', '--continue')}` "
                    f"finishes it, `{self.command('apply', '--abort')}` undoes it"
                )
            yield repository

    def plans(self, repository: Repository, *, decided: bool = True) -> Plans:
        """Return the plans of the repository; unless `decided`, as if nothing had been rejected in review."""
        from consolidate.plans import Plans

        file = self.config_file
        if file is not None and not file.is_file():
            raise UsageProblem("the configuration file cannot be read", str(file), "name a file with --config")
        return Plans(
            repository,
            file.absolute() if file else None,
            jobs=self.processes,
            executor=self.executor,
            progress=self.terminal.progress,
            trust=self.trust,
            cached=self.cached,
            decided=decided,
        )

    def command(self, *words: str) -> str:
        """Return a command line to advise, with the options that this run was given."""
        return " ".join(["consolidate", *map(_quoted, (*self.given, *words))])


def _quoted(word: str) -> str:
    """Return a word for the shell, printable: one that is not, in the quotes that bash, zsh and ksh know for that."""
    if word.isprintable():
        return shlex.quote(word)
    named = {"'": "\\'", "\\": "\\\\"}
    parts = (
        named.get(char, char) if char.isprintable() else "".join(f"\\{byte:03o}" for byte in os.fsencode(char))
        for char in word
    )
    return f"$'{''.join(parts)}'"


def _here() -> Path:
    """Return the current folder. Raises UsageProblem where it is gone."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageProblem("the current folder is gone", "", "change into one that there is") from None
