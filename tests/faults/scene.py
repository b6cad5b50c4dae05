"""Repositories to harm: a migration at each of its phases, the user's own work in it, and how a run should end."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults import launch

SAMPLE = launch.CHECKOUT / "sample_repo"

# A migration that goes to its end, in which a phase deletes files with their folder and its revert makes them again.
SMALL = {
    "consolidate.toml": '[migration]\nname = "small"\ntarget = "app.new:New"\n'
    '\n[[engine]]\nlegacy = "app.old.deep:Old"\n\n[[engine]]\nlegacy = "app.older:Older"\n',
    "app/__init__.py": "",
    "app/old/__init__.py": "",
    "app/old/deep.py": "class Old:\n    def run(self):\n        return 1\n",
    "app/older.py": "class Older:\n    def run(self):\n        return 0\n",
    "app/new.py": "class New:\n    def run(self):\n        return 2\n",
    "app/user.py": "from app.old.deep import Old\n\nOld().run()\n",
    "app/tool.py": "#!/usr/bin/env python\nfrom app.older import Older\r\n\r\nOlder().run()",
    "tests/test_old.py": "from app.old.deep import Old\n\n\ndef test_it():\n    assert Old().run()\n",
    "notes/a.txt": "a\n",
    "notes/b.txt": "b\n",
    "notes/c.txt": "c\n",
    "notes/d.txt": "d\n",
}


class Repository:
    """A work tree and short ways to ask for what it holds; `git` is the program."""

    def __init__(self, root: Path, env: Mapping[str, str]) -> None:
        self.root = root
        self.env = env

    def git(self, *words: str) -> str:
        """Return what `git WORDS` says, stderr included. Raises AssertionError where it fails."""
        done = subprocess.run(
            ["git", *words], cwd=self.root, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        text = done.stdout.decode("utf-8", "surrogateescape")
        assert done.returncode == 0, f"git {' '.join(words)}: {text}"
        return text

    def copy(self, root: Path) -> Repository:
        """Return a copy; objects, which nobody changes, are shared."""
        shared = os.path.join(self.root, ".git", "objects")  # noqa: PTH118 (compared with what shutil hands out)

        def copy(source: str, target: str) -> None:
            if source.startswith(shared):
                os.link(source, target)
            else:
                shutil.copy2(source, target, follow_symlinks=False)

        shutil.copytree(self.root, root, symlinks=True, copy_function=copy)
        return Repository(root, self.env)

    def state(self) -> dict[str, str]:
        """Return what a user can lose: every file, index, branches with the trees of their history, what HEAD is.

        Commits are told by their trees and headers, because they hold the time.
        """
        return dict(self._files()) | {
            "<history>": self.git("log", "--format=%T %s", "HEAD"),
            "<refs>": self._refs(),
            "<HEAD>": (self.root / ".git" / "HEAD").read_text(),
            "<index>": self.git("ls-files", "-s", "-v", "-z"),
        }

    def _files(self) -> Iterator[tuple[str, str]]:
        for folder, folders, names in os.walk(self.root):
            if folder == str(self.root):
                folders.remove(".git")
            for name in names:
                file = Path(folder, name)
                data = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
                mode = file.lstat().st_mode
                yield str(file.relative_to(self.root)), f"{mode:o} {hashlib.sha256(data).hexdigest()}"

    def _refs(self) -> str:
        """Return the names of the branches: where the one is that runs move, the history tells."""
        folder = self.root / ".git" / "refs"
        return " ".join(sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()))

    @property
    def pending(self) -> bool:
        """Whether a run was cut off here."""
        return (self.root / ".git" / "consolidate" / "journal.json").exists()

    @property
    def leftovers(self) -> list[str]:
        """What no run that has ended leaves in the git directory."""
        git = self.root / ".git"
        kept = ("lock", "plans", "facts.sqlite")  # the last with the journal that SQLite leaves when it is killed
        files = (git / "consolidate").iterdir()
        home = [f"consolidate/{file.name}" for file in files if not file.name.startswith(kept)]
        return sorted([*home, *(str(lock.relative_to(git)) for lock in git.rglob("*.lock"))])


@dataclass(frozen=True, slots=True)
class Case:
    """One operation on one phase: the repository where it begins, the command, and both states that it may lead to.

    `began` is the state of `start`, which is neither for `continue` and `abort`. `users` are the files of the user that
    lie outside of every phase.
    """

    name: str
    words: tuple[str, ...]
    start: Repository
    began: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]
    users: frozenset[str]

    def make(self, root: Path) -> Repository:
        """Return a copy of the repository at the beginning of the operation."""
        return self.start.copy(root)


class Scene:
    """One migration: a repository for each phase, made when it is asked for and kept in `folder`."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder / kind
        self.kind = kind
        self.env = launch.environment(launch.make_home(folder / "home"))
        self.plan = self.folder / "plan.json"
        self._applied: dict[int, Repository] = {}
        self._cases: dict[tuple[str, int], Case] = {}
        self.users: frozenset[str] = frozenset()
        self.phases = 0
        self._begin()

    def case(self, operation: str, phase: int) -> Case:
        """Return the case of `apply`, `revert`, `continue` or `abort` of a phase (from 1)."""
        key = (operation, phase)
        if key not in self._cases:
            self._cases[key] = self._make(operation, phase)
        return self._cases[key]

    def applied(self, phase: int) -> Repository:
        """Return the repository in which the phases 1 to `phase` are applied."""
        if phase not in self._applied:
            repository = self.applied(phase - 1).copy(self.folder / f"applied-{phase}")
            self._do(repository, "apply", "--phase", str(phase), str(self.plan))
            self._applied[phase] = repository
        return self._applied[phase]

    def cut_off(self, phase: int, point: str) -> Repository:
        """Return a repository in which the application of a phase was cut off at a point of the git step."""
        root = self.folder / f"cut-off-{phase}-{point.replace(':', '-')}"
        repository = Repository(root, self.env)
        if not root.exists():
            repository = self.applied(phase - 1).copy(root)
            words = ("apply", "--phase", str(phase), str(self.plan))
            ended = launch.run(words, root, {**self.env, "CONSOLIDATE_CRASH_AT": point})
            assert ended.code == -9, ended
        return repository

    def _make(self, operation: str, phase: int) -> Case:
        name = f"{self.kind} {operation} {phase}"
        if operation == "revert":
            start, words = self.applied(phase), ("revert", "--phase", str(phase))
            twin = start.copy(self.folder / f"reverted-{phase}")
            self._do(twin, *words)
            return Case(name, words, start, start.state(), start.state(), twin.state(), self.users)
        before, after = self.applied(phase - 1).state(), self.applied(phase).state()
        if operation == "apply":
            words = ("apply", "--phase", str(phase), str(self.plan))
            return Case(name, words, self.applied(phase - 1), before, before, after, self.users)
        point = {"continue": "ref", "abort": "index"}[operation]
        start = self.cut_off(phase, point)
        return Case(name, ("apply", f"--{operation}"), start, start.state(), before, after, self.users)

    def _begin(self) -> None:
        """Make the repository, plan it, and lay the user's own work over it."""
        root = self.folder / "applied-0"
        if self.kind == "sample":
            shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            for name, text in SMALL.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(text.encode())
            (root / "app/tool.py").chmod(0o755)
        repository = Repository(root, self.env)
        repository.git("init", "--quiet")
        (root / ".gitignore").write_text("*.log\n")
        repository.git("add", "--all")
        repository.git("commit", "--quiet", "-m", "Start")
        repository.git("repack", "-adq")
        self._do(repository, "plan", "-o", str(self.plan))
        self._load_phases(repository)
        self._applied[0] = repository

    def _load_phases(self, repository: Repository) -> None:
        import json

        plan = json.loads(self.plan.read_bytes())
        self.phases = len(plan["phases"])
        planned = {file["path"] for phase in plan["phases"] for file in phase["files"]}
        tracked = repository.git("ls-files", "-z").split("\0")[:-1]
        free = [path for path in tracked if path not in planned and path not in ("consolidate.toml", ".gitignore")]
        # Spread over the tree, the last ones being those of the small migration.
        dirty, staged, assumed, skipped = free[:: max(1, len(free) // 4)][-4:]
        files = {path: f"the user's own work in {path}\n".encode() for path in (dirty, staged, assumed, skipped)}
        # A folder of the first phase, so that it must not go away with what a phase deletes.
        beside = str(Path(sorted(planned)[0]).parent / "untracked \u00e9.txt")
        files |= {beside: b"untracked\n", "ignored.log": b"ignored\0\n"}
        for path, data in files.items():
            (repository.root / path).write_bytes(data)
        (repository.root / "dangling").symlink_to("nowhere")
        (repository.root / beside).chmod(0o700)
        repository.git("add", staged)
        (repository.root / staged).write_bytes(b"staged, and changed again\n")
        repository.git("update-index", "--assume-unchanged", assumed)
        repository.git("update-index", "--skip-worktree", skipped)
        self.users = frozenset([*files, "dangling"])

    def _do(self, repository: Repository, *words: str) -> None:
        ended = launch.run(words, repository.root, self.env)
        assert ended.code == 0, (words, ended)
