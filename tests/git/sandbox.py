"""A repository for a test, and the phase that most tests apply to it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from consolidate.repository import Repository
from planner.model import ChangeSet, FileChange, blob_id


class Sandbox:
    """A repository and short ways to do things to it; `git` is the program, not GitPython."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *args: str, stdin: bytes | None = None, check: bool = True) -> str:
        done = subprocess.run(["git", *args], cwd=self.root, input=stdin, capture_output=True, check=False)
        assert not check or done.returncode == 0, done.stderr
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, path: str, data: bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def read(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def commit(self, files: Mapping[str, bytes], message: str = "change") -> str:
        for path, data in files.items():
            self.write(path, data)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def open(self) -> Repository:
        return Repository.open(self.root)

    def changes(self, files: Mapping[str, bytes | None], message: str = "refactor(x): phase 1/1 y\n") -> ChangeSet:
        """Return the change of HEAD to these contents (None: deleted)."""
        head = self.head()
        with self.open() as repository:
            now = {entry.path: entry for entry in repository.entries(head)}
            blobs = dict(repository.read_blobs([now[path].blob for path in files if path in now]))
        changes = []
        for path, new in files.items():
            entry = now.get(path)
            old = blobs[entry.blob] if entry else None
            mode = entry.mode if entry else "100644"
            changes.append(FileChange(path, mode, entry.blob if entry else "", old, new))
        return ChangeSet(head, message, tuple(changes))

    def apply(self, files: Mapping[str, bytes | None], message: str = "refactor(x): phase 1/1 y\n") -> str:
        with self.open() as repository:
            return repository.apply(self.changes(files, message), expected_head=self.head())

    def state(self) -> dict[str, str]:
        """Return refs, HEAD, index and every file of the work tree, to be compared with those of another time."""
        files = {
            str(file.relative_to(self.root)): (
                "-> " + str(file.readlink())
                if file.is_symlink()
                else f"{blob_id(file.read_bytes())} {file.stat().st_mode:o}"
            )
            for file in sorted(self.root.rglob("*"))
            if ".git" not in file.relative_to(self.root).parts and (file.is_symlink() or file.is_file())
        }
        return files | {
            "<refs>": self.git("for-each-ref"),
            "<HEAD>": self.git("rev-parse", "--symbolic-full-name", "HEAD", "HEAD", check=False),
            "<index>": self.git("ls-files", "-s", "-v"),
        }


PHASE: dict[str, bytes | None] = {
    "a.py": b"import new\n",
    "pkg/b.py": b"from new import x\r\n",
    "tool.sh": b"#!/bin/sh\nnew\n",
    "pkg/deep/gone.py": None,
    "fresh/made/c.py": b"shim = 1\n",
}


def assert_applied(sandbox: Sandbox, phase: Mapping[str, bytes | None]) -> None:
    """The commit, the work tree and the index hold the phase, and nothing of the run is left behind."""
    for path, data in phase.items():
        assert sandbox.read(path) == data
        shown = subprocess.run(
            ["git", "cat-file", "blob", f"HEAD:{path}"], cwd=sandbox.root, capture_output=True, check=False
        )
        assert (shown.stdout if shown.returncode == 0 else None) == data
    assert not list(sandbox.root.rglob(".consolidate-*"))
    assert not (sandbox.root / ".git" / "index.lock").exists()


def grep(repository: Repository, commit: str, needles: Sequence[bytes]) -> frozenset[str]:
    """Return the paths of all files of a commit that hold one of the needles."""
    by_path = {entry.path: entry for entry in repository.entries(commit)}
    return repository.search(commit, by_path).among(list(by_path), needles).found
