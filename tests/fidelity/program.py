"""The program and git, run for a check: exit code, output, no setting of this machine."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consolidate.cli import main

IDENTITY = ("-c", "user.name=A Developer", "-c", "user.email=dev@example.invalid")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run of the program came to."""

    code: int
    out: str
    err: str


def consolidate(root: Path, *words: str) -> Done:
    """Run the program in this process, in a repository."""
    here = Path.cwd()
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogateescape") for _ in range(2)]
    try:
        os.chdir(root)
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            code = main(words)
    finally:
        os.chdir(here)
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode("utf-8", "surrogateescape") for stream in streams)  # type: ignore[attr-defined]
    return Done(code, out, err)


def git(root: Path, *words: str, stdin: bytes = b"") -> bytes:
    """Run git and return its output; it has to succeed."""
    done = attempt(root, *words, stdin=stdin)
    if done.returncode:
        raise AssertionError(f"git {' '.join(words)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def attempt(root: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git, which may fail."""
    return subprocess.run(["git", *IDENTITY, *words], cwd=root, input=stdin, capture_output=True, check=False)


def text(root: Path, *words: str) -> str:
    """Run git and return its output as text without its last line end."""
    return git(root, *words).decode("utf-8", "surrogateescape").rstrip("\n")


@contextlib.contextmanager
def plain_git(home: Path) -> Iterator[None]:
    """Let git know nothing of this machine: no configuration but a name."""
    (home / ".gitconfig").write_text("[user]\n\tname = A Developer\n\temail = dev@example.invalid\n")
    changed = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(("GIT_", "CONSOLIDATE_"))]:
        del os.environ[name]
    os.environ.update(changed)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
