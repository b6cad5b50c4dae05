"""Runs of the command line: in a new process as a user starts it, or in a fork of this one, which is quicker.

Both are one process group of their own, so that a test can kill everything that a run has started.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from consolidate import cli, repository, workflow  # noqa: F401  (loaded once, for all forks)
from consolidate.gitstep import checkpoint

# As the script of the installed package does: the folder that it is started in is not on the import path.
PROGRAM = [sys.executable, "-P", "-c", "import sys; from consolidate.cli import main; sys.exit(main())"]
CHECKOUT = Path(__file__).resolve().parents[2]
TALK = ("note: ", "Every phase is applied.")
DEADLINE = 120.0  # seconds that a run may take


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: exit code (negative: the signal that killed it) and what it said."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The lines of stderr that are no talk."""
        return [line for line in self.err.splitlines() if not line.startswith(TALK)]


@dataclass(slots=True)
class Run:
    """A run that is under way. `pid` is the leader of its process group."""

    pid: int
    out: BinaryIO
    err: BinaryIO
    status: int | None = field(default=None)

    def kill_group(self) -> None:
        """Send SIGKILL to the run and everything that it has started."""
        os.killpg(self.pid, signal.SIGKILL)

    def ended(self) -> bool:
        """Whether the run has ended by itself."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = status if pid else None
        return self.status is not None

    def wait(self) -> Ended:
        """Wait for the end of the run, and return how it ended."""
        deadline = time.monotonic() + DEADLINE
        while not self.ended():
            if time.monotonic() > deadline:
                self.kill_group()
                raise AssertionError("a run hangs")
            time.sleep(0.002)
        assert self.status is not None
        code = -os.WTERMSIG(self.status) if os.WIFSIGNALED(self.status) else os.WEXITSTATUS(self.status)
        said = []
        for stream in (self.out, self.err):
            stream.seek(0)
            said.append(stream.read().decode("utf-8", "surrogateescape"))
            stream.close()
        return Ended(code, *said)


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment with a git that knows nothing of this machine; `home` holds the identity."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CONSOLIDATE_"))}
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        # The same commits at any time.
        "GIT_AUTHOR_DATE": "1700000000 +0000",
        "GIT_COMMITTER_DATE": "1700000000 +0000",
        "PYTHONPATH": str(CHECKOUT),
    }
    return kept | own | (extra or {})


def make_home(home: Path) -> Path:
    """Make a home folder in which git knows who it works for."""
    home.mkdir(parents=True, exist_ok=True)
    settings = "[user]\n\tname = A Developer\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n"
    (home / ".gitconfig").write_text(settings)
    return home


def start(words: Sequence[str], folder: Path, env: Mapping[str, str]) -> Run:
    """Start the program in a new process."""
    out, err = _stream(), _stream()
    process = subprocess.Popen(
        [*PROGRAM, *words], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, process_group=0
    )
    process.returncode = 0  # it is waited for by its id
    return Run(process.pid, out, err)


def fork(
    words: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    before: Callable[[], None] | None = None,
    after: Callable[[], None] | None = None,
) -> Run:
    """Start the program in a fork of this process; `before` and `after` run there, around it."""
    out, err = _stream(), _stream()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads, Python 3.12 and later
        child = os.fork()
    if child:
        with contextlib.suppress(OSError):  # it did so itself, and has ended
            os.setpgid(child, child)
        return Run(child, out, err)
    code = 99
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdout, sys.stderr = (open(fd, "w", encoding="utf-8", closefd=False) for fd in (1, 2))  # noqa: SIM115
        os.environ.clear()
        os.environ.update(env)
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if before:
            before()
        code = cli.main(list(words))
        if after:
            after()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _stream() -> BinaryIO:
    return tempfile.TemporaryFile()


def run(words: Sequence[str], folder: Path, env: Mapping[str, str]) -> Ended:
    """Run the program in a fork, to its end."""
    return fork(words, folder, env).wait()


def points(words: Sequence[str], folder: Path, env: Mapping[str, str]) -> tuple[str, ...]:
    """Run the program in a fork and return the points that it passed, each with its count: `file:3`, in no order."""
    with tempfile.TemporaryFile() as file:

        def report() -> None:
            names = (f"{name}:{i + 1}" for name, count in checkpoint._seen.items() for i in range(count))
            os.write(file.fileno(), "\n".join(names).encode())

        done = fork(words, folder, {**env, "CONSOLIDATE_CRASH_AT": "nowhere"}, after=report).wait()
        assert done.code == 0, done
        file.seek(0)
        return tuple(file.read().decode().split())
