"""Commits of the repository under test: their Python files, their differences, and checkouts that may be written to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SLICE = 500  # blobs per `git cat-file`, so that a repository of 200 MB never lies in memory whole
SYMLINK = "120000"


def git(directory: Path, *arguments: str, data: bytes | None = None, check: bool = True) -> bytes:
    """Run git in a directory and return its stdout as bytes; hooks, fsmonitor and the user's configuration stay out."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
    command = ["git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", *arguments]
    done = subprocess.run(command, cwd=directory, env=environment, input=data, capture_output=True, check=False)
    if check and done.returncode:
        raise SystemExit(f"error: git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()[:500]}")
    return done.stdout


def resolve(directory: Path, revision: str) -> str:
    """Return the full id of a commit."""
    return git(directory, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()


def python_files(directory: Path, commit: str) -> dict[str, str]:
    """Return path -> blob id of every tracked `*.py` file of a commit, symbolic links excluded."""
    found = {}
    for entry in git(directory, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        if not entry.endswith(b".py"):
            continue
        facts, _, path = entry.partition(b"\t")
        mode, kind, blob = facts.decode().split()
        if kind == "blob" and mode != SYMLINK:
            found[path.decode("utf-8", "surrogateescape")] = blob
    return found


def blobs(directory: Path, ids: list[str]) -> dict[str, bytes]:
    """Return the contents of blobs by id. A missing blob is an error: the figures would be wrong."""
    contents = {}
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        answer = git(directory, "cat-file", "--batch", data="\n".join(part).encode() + b"\n")
        position = 0
        for blob in part:
            end = answer.index(b"\n", position)
            header = answer[position:end].split()
            if header[1] != b"blob":
                raise SystemExit(f"error: the repository has no blob {blob}")
            size = int(header[2])
            contents[blob] = answer[end + 1 : end + 1 + size]
            position = end + 1 + size + 1
    return contents


def changed_paths(directory: Path, old: str, new: str) -> list[str]:
    """Return the sorted paths in which two commits differ; a rename counts as both its paths."""
    output = git(directory, "diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
    return sorted(path.decode("utf-8", "surrogateescape") for path in output.split(b"\0") if path)


def make_checkout(source: Path, commit: str, destination: Path) -> Path:
    """Make a repository at `destination` that borrows the objects of `source`, with the commit's files checked out.

    A partial clone lacks some large files (JSON and archives here); they stay absent from the work tree, which is
    all the same to Python. `source` is only read.
    """
    objects = Path(os.fsdecode(git(source, "rev-parse", "--git-path", "objects").rstrip(b"\n")))
    destination.mkdir(parents=True)
    git(destination, "init", "--quiet", "--initial-branch=main")
    alternates = destination / ".git" / "objects" / "info" / "alternates"
    lines = [str((source / objects).resolve())]
    borrowed = source / objects / "info" / "alternates"
    if borrowed.is_file():
        lines += [line for line in borrowed.read_text().splitlines() if line]
    alternates.write_text("".join(f"{line}\n" for line in lines))
    git(destination, "config", "user.name", "Benchmark")
    git(destination, "config", "user.email", "benchmark@example.org")
    git(destination, "update-ref", "HEAD", commit)
    git(destination, "read-tree", commit)
    git(destination, "checkout-index", "--all", "--force", "--quiet", check=False)
    git(destination, "update-index", "-q", "--refresh", check=False)
    return destination
