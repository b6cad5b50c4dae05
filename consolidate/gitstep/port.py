"""What the git step needs of git: a runner for plumbing commands, and where the repository's parts lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from consolidate.errors import Refused


class Output(Struct, frozen=True):
    """The end of a git process: exit status, bytes of stdout, text of stderr."""

    status: int
    stdout: bytes
    stderr: str


class Places(Struct, frozen=True):
    """Absolute paths of a repository's parts; in a linked worktree `git_dir` and `common_dir` differ."""

    root: Path
    git_dir: Path
    common_dir: Path
    index: Path

    @property
    def home(self) -> Path:
        """The folder that belongs to this tool, one for each worktree."""
        return self.git_dir / "consolidate"

    @property
    def scratch(self) -> Path:
        """The folder for what lives no longer than a run."""
        return self.home / "scratch"

    @property
    def lock(self) -> Path:
        """The lock file: one for the repository, so linked worktrees share it."""
        return self.common_dir / "consolidate" / "lock"


class Git(Protocol):
    """Runs git with the settings of `consolidate.gitstep.settings`, at the root of one work tree."""

    def run(
        self,
        *args: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
        config: Sequence[str] = (),
    ) -> Output:
        """Run `git ARGS` to its end. `config` are further `key=value` settings. A non-zero status does not raise."""
        ...

    def begin(self, *args: str, stdin: bytes | None = None, config: Sequence[str] = ()) -> Callable[[], Output]:
        """Start `git ARGS`, which must not write anything, and return what waits for its end and then does as `run`.

        One that nobody has waited for when the runner is closed is stopped.
        """
        ...

    def stream(self, *args: str, stdin: bytes) -> AbstractContextManager[BinaryIO]:
        """Run `git ARGS` and hand out its stdout while it runs; it is stopped when the block is left."""
        ...


def complaint(output: Output) -> str:
    """Return the line of git's stderr that says why it failed."""
    lines = [line for line in output.stderr.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (telling or lines or [f"exit status {output.status}"])[-1].strip()


def ask(
    git: Git,
    *args: str,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    config: Sequence[str] = (),
) -> bytes:
    """Return the stdout of `git ARGS`. Raises Refused (`git-failed`) where git fails."""
    return checked(args[0], git.run(*args, stdin=stdin, env=env, config=config))


def checked(command: str, output: Output) -> bytes:
    """Return the stdout of a git command that ended. Raises Refused (`git-failed`) where it failed."""
    if output.status:
        raise Refused(f"git {command} failed: {complaint(output)}", code="git-failed")
    return output.stdout


def line(data: bytes) -> str:
    """Return git's one-line answer without its line end, as text with surrogate escapes."""
    return data.removesuffix(b"\n").decode("utf-8", "surrogateescape")
