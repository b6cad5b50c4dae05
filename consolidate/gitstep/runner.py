"""Running git's plumbing: what only reads, by the standard library; what changes a repository, by GitPython.

GitPython takes as long to import as all of `planner`, and a commit hook that reads would wait for it each time. This is
the only module that imports it, and uses nothing but its command object: neither its index nor its configuration parser
has a part in anything, because they ignore filters, split indexes and names that are not UTF-8.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Self

from consolidate.errors import Refused, UsageProblem
from consolidate.gitstep import settings
from consolidate.gitstep.port import Output, Places

_PROGRAM = "GIT_PYTHON_GIT_EXECUTABLE"
"""The variable by which GitPython's users name another git than the first one on PATH."""


class Reader:
    """`gitstep.port.Git` by processes: git in one folder, under the settings that run nobody else's code.

    Raises UsageProblem where there is no git.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._folder, self._program = folder, os.environ.get(_PROGRAM) or "git"
        if shutil.which(self._program) is None:
            raise UsageProblem("git cannot be run", hint="install git")
        # In English: what git complains of is told as it is.
        self._environment = {"LANGUAGE": "C", "LC_ALL": "C", **settings.ENVIRONMENT, **(environment or {})}
        # File descriptors that git processes inherit: the lock of a run, as long as there is one.
        self.inherited: tuple[int, ...] = ()
        self._running: dict[subprocess.Popen[bytes], contextlib.ExitStack] = {}

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
            return self._finished(self._line(args, config), source, env or {})

    def begin(self, *args: str, stdin: bytes | None = None, config: Sequence[str] = ()) -> Callable[[], Output]:
        """Start `git ARGS`, and return what waits for its end (see `port.Git.begin`)."""
        with contextlib.ExitStack() as files:
            # Into files, as nobody would empty a pipe meanwhile.
            out, complaints = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            with _started(args), _standard_input(stdin) as source:
                process = subprocess.Popen(  # noqa: S603 - no shell
                    self._line(args, config),
                    cwd=self._folder,
                    env=self._all({}),
                    stdin=source or subprocess.DEVNULL,
                    stdout=out,
                    stderr=complaints,
                    pass_fds=self.inherited,
                )
            self._running[process] = files.pop_all()

        def end() -> Output:
            status = process.wait()
            with self._running.pop(process):
                out.seek(0)
                complaints.seek(0)
                return Output(status, out.read(), complaints.read().decode("utf-8", "surrogateescape"))

        return end

    @contextlib.contextmanager
    def stream(self, *args: str, stdin: bytes) -> Iterator[BinaryIO]:
        """Run `git ARGS` and hand out its stdout (see `port.Git.stream`); nobody reads what it complains of."""
        with _standard_input(stdin) as source:
            with _started(args):
                process = subprocess.Popen(  # noqa: S603 - no shell
                    self._line(args, ()),
                    cwd=self._folder,
                    env=self._all({}),
                    stdin=source,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            stdout = process.stdout
            assert isinstance(stdout, BufferedReader)  # noqa: S101 - it is a pipe
            try:
                yield stdout
            finally:
                stdout.close()  # a process that is still writing ends by SIGPIPE
                process.wait()

    def close(self) -> None:
        """Let go of everything."""
        while self._running:
            process, files = self._running.popitem()
            with files:
                process.kill()
                process.wait()

    def _finished(self, line: Sequence[str], source: BinaryIO | None, env: Mapping[str, str]) -> Output:
        done = subprocess.run(  # noqa: S603 - no shell
            line,
            cwd=self._folder,
            env=self._all(env),
            stdin=source or subprocess.DEVNULL,
            capture_output=True,
            check=False,
            pass_fds=self.inherited,
        )
        return Output(done.returncode, done.stdout, done.stderr.decode("utf-8", "surrogateescape"))

    def _all(self, env: Mapping[str, str]) -> dict[str, str]:
        return {**os.environ, **self._environment, **env}

    def _line(self, args: Sequence[str], config: Sequence[str]) -> list[str]:
        if any("\0" in arg for arg in args):
            raise UsageProblem("a name holds NUL")
        extra = (part for setting in config for part in ("-c", setting))
        return [self._program, *settings.OPTIONS, *extra, *args]


class Writer(Reader):
    """A `Reader` that may change a repository as well: by GitPython."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(folder, environment)
        try:
            from git import Git as GitCommand
        except ImportError as error:  # GitPython looks for git when it is imported
            raise UsageProblem("git cannot be run", hint="install git") from error
        self._git = GitCommand(folder)
        self._git.update_environment(**self._environment)

    def close(self) -> None:
        """Let go of everything."""
        super().close()
        self._git.clear_cache()

    def _finished(self, line: Sequence[str], source: BinaryIO | None, env: Mapping[str, str]) -> Output:
        status, stdout, stderr = self._git.execute(
            list(line),
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
