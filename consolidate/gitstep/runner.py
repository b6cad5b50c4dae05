"""Running git's plumbing by GitPython.

The only module that imports it, and uses nothing but its command object: neither its index nor its configuration parser
has a part in anything, because they ignore filters, split indexes and names that are not UTF-8.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from consolidate.errors import Refused, UsageProblem
from consolidate.gitstep import settings
from consolidate.gitstep.port import Output, Places

if TYPE_CHECKING:
    from git import Git as GitCommand


class Runner:
    """`gitstep.port.Git` by GitPython: git in one folder, under the settings that run nobody else's code."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._git = _command(folder)
        self._git.update_environment(**settings.ENVIRONMENT, **(environment or {}))
        # File descriptors that git processes inherit: the lock of a run, as long as there is one.
        self.inherited: tuple[int, ...] = ()

    @classmethod
    def at(cls, places: Places) -> Self:
        """Return what runs git in a repository, whatever else lies around it."""
        return cls(places.root, {"GIT_DIR": str(places.git_dir), "GIT_WORK_TREE": str(places.root)})

    def run(
        self,
        *args: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
        config: Sequence[str] = (),
    ) -> Output:
        """Run `git ARGS` to its end (see `port.Git.run`)."""
        with _started(args), _standard_input(stdin) as source:
            status, stdout, stderr = self._git.execute(
                self._line(args, config),
                istream=source,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env=env,
                pass_fds=self.inherited,
            )
        return Output(status, stdout, stderr)

    @contextlib.contextmanager
    def stream(self, *args: str, stdin: bytes) -> Iterator[BinaryIO]:
        """Run `git ARGS` and hand out its stdout (see `port.Git.stream`)."""
        with _started(args), _standard_input(stdin) as source:
            process = self._git.execute(self._line(args, ()), istream=source, as_process=True)
            # Nobody reads what it complains of, but a full pipe would stop it.
            drain = threading.Thread(target=process.stderr.read, daemon=True)
            drain.start()
            try:
                yield process.stdout
            finally:
                process.stdout.close()  # a process that is still writing ends by SIGPIPE
                if process.proc is not None:
                    process.proc.wait()
                drain.join()
                process.stderr.close()

    def close(self) -> None:
        """Let go of everything."""
        self._git.clear_cache()

    def _line(self, args: Sequence[str], config: Sequence[str]) -> list[str]:
        if any("\0" in arg for arg in args):
            raise UsageProblem("a name holds NUL")
        extra = (part for setting in config for part in ("-c", setting))
        return [self._git.GIT_PYTHON_GIT_EXECUTABLE or "git", *settings.OPTIONS, *extra, *args]


def _command(folder: Path) -> GitCommand:
    try:
        from git import Git as GitCommand  # here: 0.1 s that `--help` does without
    except ImportError as error:  # GitPython looks for git when it is imported
        raise UsageProblem("git cannot be run", hint="install git") from error
    return GitCommand(folder)


@contextlib.contextmanager
def _started(args: Sequence[str]) -> Iterator[None]:
    """Let a git that cannot be run fail as Refused (`git-failed`), as one that complains does."""
    try:
        yield
    except OSError as error:
        raise Refused(f"git {args[0]} cannot be run: {error.strerror}", code="git-failed") from error


@contextlib.contextmanager
def _standard_input(data: bytes | None) -> Iterator[BinaryIO | None]:
    """Hand out `data` as a file: with a pipe, git and we could each wait for the other to read."""
    if data is None:
        yield None
        return
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file
