"""A small real repository whose every byte can be compared with what it was, and the program run on it in this process.

The folder `base` holds the repository, a file beside it that nobody may touch, and the plan that was saved.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consolidate.cli import main

CONFIG = """\
[migration]
name = "small"
target = "app.engine:Engine"

[[engine]]
legacy = "app.legacy:OldEngine"

[[engine]]
legacy = "app.more:Other"
"""
FILES: dict[str, bytes] = {
    ".gitignore": b"*.log\n",
    "app/__init__.py": b"",
    "app/engine.py": b"class Engine:\n    def __init__(self, name=None):\n        self.name = name\n",
    "app/legacy.py": b"class OldEngine:\n    def __init__(self, name=None):\n        self.name = name\n",
    "app/more.py": b"class Other:\n    def __init__(self, name=None):\n        self.name = name\n",
    "app/user.py": b"from app.legacy import OldEngine\n\nengine = OldEngine('a')\nother = engine.name\n",
    "app/second.py": b"import os\n\nfrom app.legacy import OldEngine as E\n\nE(os.getcwd())\n",
    "tests/test_user.py": (
        b"from unittest import mock\n\nfrom app.more import Other\n\n\ndef test():\n"
        b"    with mock.patch('app.user.OldEngine'):\n        assert Other()\n"
    ),
    "docs/use.md": b"# Use\n\n```python\nfrom app.legacy import OldEngine\n```\n",
    "notes.txt": b"nothing\n",
    "consolidate.toml": CONFIG.encode(),
}
_SETTINGS = "[user]\n\tname = A Developer\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n"
_DATES = {"GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def one_line(self) -> bool:
        """Whether stderr is the one line of an error and nothing else."""
        line, end, rest = self.err.partition("\n")
        return line.startswith("error: ") and len(line) > len("error: ") and end == "\n" and not rest


class World:
    """One repository in a folder of its own, `name` below `base`; `git` is the program."""

    def __init__(self, base: Path, name: str = "repository") -> None:
        self.base, self.root, self.plan_file = base, base / name, base / "plan.json"

    def git(self, *words: str, check: bool = True, stdin: bytes | None = None) -> str:
        done = subprocess.run(["git", *words], cwd=self.root, input=stdin, capture_output=True, check=False)
        assert not check or done.returncode == 0, done.stderr
        return os.fsdecode(done.stdout).removesuffix("\n")

    def write(self, path: str | bytes, data: bytes | str) -> Path:
        file = self.root / os.fsdecode(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return file

    def commit(self, files: Mapping[str, bytes | str] | None = None, message: str = "change") -> str:
        for path, data in (files or {}).items():
            self.write(path, data)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def configure(self, text: str | bytes) -> None:
        """Write the configuration into the work tree, which is where it is read from."""
        self.write("consolidate.toml", text)

    @property
    def plan(self) -> dict[str, Any]:
        """The saved plan as JSON."""
        plan: dict[str, Any] = json.loads(self.plan_file.read_bytes())
        return plan

    def save(self, plan: object) -> None:
        """Save a plan with the digest that fits it, as somebody would who wants it to be believed."""
        self.plan_file.write_bytes(sealed(plan))

    def run(self, *words: str) -> Ended:
        """Run the program in this process, started in `base`, on the repository."""
        return self.run_in(self.base, "-C", self.root.name, *words)

    def run_in(self, folder: Path, *words: str) -> Ended:
        """Run the program in this process, started in `folder`."""
        with _streams() as read:
            here = Path.cwd()
            os.chdir(folder)
            try:
                code = main(list(words))
            finally:
                os.chdir(here)
        return Ended(code, *read())

    def process(self, *words: str, **environment: str) -> Ended:
        """Run the program as a process, started in the repository, as it is when it is installed."""
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), **environment}
        command = [sys.executable, "-P", "-m", "consolidate", *words]
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, check=False)
        return Ended(done.returncode, *(part.decode("utf-8", "replace") for part in (done.stdout, done.stderr)))

    def state(self) -> dict[str, str]:
        """Return every file below `base`, the git directory's included, but for the cache that the program keeps."""
        found: dict[str, str] = {}
        home = self.root / ".git" / "consolidate"
        for folder, names, files in os.walk(self.base):
            if Path(folder) == home:
                names[:] = [name for name in names if name != "plans"]
                files = [name for name in files if not name.startswith(("lock", "facts.sqlite"))]
            for name in [*names, *files]:
                found[f"{folder}/{name}"] = fingerprint(Path(folder, name))
        found.pop(str(home), None)
        return found


def sealed(plan: object) -> bytes:
    """Return the JSON of a plan with the digest that fits (README, "The plan file")."""
    if isinstance(plan, dict):
        plan = {key: value for key, value in plan.items() if key != "digest"}
        short = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        plan["digest"] = hashlib.sha256(short.encode("ascii", "backslashreplace")).hexdigest()
    return json.dumps(plan).encode("utf-8", "surrogatepass")


def make_template(base: Path, files: Mapping[str, bytes] = FILES, name: str = "repository", *how: str) -> World:
    """Make the repository of one commit, and save its plan; `how` are options of `git init`."""
    world = World(base, name)
    world.root.mkdir(parents=True)
    (base / "outside.txt").write_bytes(b"untouched\n")
    world.git("init", "--quiet", "--template=", *how)
    with _variables(_DATES):
        world.commit(files, "Start")
    ended = world.run("plan", "-q", "-o", str(world.plan_file))
    assert ended.code == 0, ended
    return world


def copy(template: World, base: Path) -> World:
    """Return a copy of a template."""
    shutil.copytree(template.base, base, symlinks=True, copy_function=shutil.copy2)
    world = World(base)
    # Copies have other inodes than the index says; git would have to look at each of them.
    world.git("update-index", "-q", "--refresh")
    return world


def isolated(home: Path) -> dict[str, str]:
    """Write a developer's git settings into `home` and return the variables with which git knows nothing else."""
    (home / ".gitconfig").write_text(_SETTINGS)
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


def foreign_variables() -> list[str]:
    """Return the variables of this process that could change what git or the program does."""
    prefixes = ("GIT_", "CONSOLIDATE_", "NO_COLOR", "FORCE_COLOR")
    return [name for name in os.environ if name.startswith(prefixes)]


@contextlib.contextmanager
def _variables(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _streams() -> Iterator[Callable[[], tuple[str, str]]]:
    """Let stdout and stderr, the descriptors, go into files; the function handed out returns what they hold."""
    texts: list[str] = []
    streams, kept = (sys.stdout, sys.stderr), (os.dup(1), os.dup(2))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        try:
            yield lambda: (texts[0], texts[1])
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.close()
            sys.stdout, sys.stderr = streams
            for number, descriptor in zip((1, 2), kept, strict=True):
                os.dup2(descriptor, number)
                os.close(descriptor)
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode("utf-8", "replace"))


def fingerprint(path: Path) -> str:
    """Return kind, mode and contents of what lies at a path, as a text to be compared."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if not stat.S_ISREG(mode):
        return f"{mode:o}"
    if path.stat().st_size > 2**26:
        return f"{mode:o} {path.stat().st_size} {path.stat().st_mtime_ns}"
    return f"{mode:o} {hashlib.sha256(path.read_bytes()).hexdigest()}"
