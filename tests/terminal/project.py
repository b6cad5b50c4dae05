"""A small repository whose screens have something of everything: long paths, wide names, manual and skipped files.

Identity and dates are fixed, and nothing of the machine's settings is heard, so that a screen is the same everywhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_repo"
PROGRAM = (sys.executable, "-m", "consolidate")
LONG = "netra/services/background/execution/coordination/long_running_background_worker.py"
FILES = {
    "netra/__init__.py": "",
    "netra/user_engine.py": '''\
class UserEngine:
    """Runs agents for one user."""

    def run(self, agent: str) -> str:
        return agent

    def status(self) -> str:
        return "idle"

    def stop(self) -> None:
        """Stop."""
''',
    "netra/engine.py": '''\
class Engine:
    """Runs agents."""

    def run(self, agent: str) -> str:
        return agent

    def status(self) -> str:
        return "idle"

    def stop(self) -> None:
        """Stop."""
''',
    "netra/services/__init__.py": "",
    "netra/services/background/__init__.py": "",
    "netra/services/background/background_execution_engine.py": '''\
class BackgroundExecutionEngine:
    """Runs agents while nobody waits."""

    def run(self, agent: str) -> str:
        return agent

    def status(self) -> str:
        return "idle"

    def stop(self) -> None:
        """Stop."""

    def pause_until_somebody_waits(self) -> None:
        """Pause."""
''',
    "netra/services/background/pausing.py": '''\
from netra.services.background.background_execution_engine import BackgroundExecutionEngine


def pause(engine: BackgroundExecutionEngine) -> None:
    BackgroundExecutionEngine().pause_until_somebody_waits()
''',
    "netra/services/background/execution/__init__.py": "",
    "netra/services/background/execution/coordination/__init__.py": "",
    LONG: '''\
"""Works for a long time: Zeichen wie ä, ö, ü und → bleiben."""

import netra.engine
from netra.engine import Engine


def work(agent: str = "nächste") -> str:
    return Engine().run(agent) + netra.engine.Engine().run(agent)
''',
    "netra/main.py": '''\
import sys

from netra.engine import Engine


def main() -> str:
    engine = Engine()
    if not isinstance(engine, Engine):
        raise TypeError(sys.argv)
    return engine.run("first")
''',
    "netra/dynamic.py": '''\
import importlib

NAME = "netra.engine"


def load(name: str = "Engine"):
    return getattr(importlib.import_module("netra." + name.lower()), name)
''',
    "netra/broken.py": "from netra.engine import Engine\n\ndef broken(:\n",
    "tests/test_engine.py": '''\
from unittest import mock

from netra.engine import Engine


def test_engine():
    with mock.patch("netra.main.Engine") as engine:
        assert engine
    assert Engine().run("a") == "a"
''',
    "docs/実行エンジンの概要と移行の手順と注意事項.md": "`netra.engine.Engine` を使う。\n",
    "docs/übersicht.md": "# Übersicht\n\nUse `netra.engine.Engine`; the class Engine is old.\n",
    "consolidate.toml": '''\
[migration]
name = "one-engine"
target = "netra.user_engine:UserEngine"

[[engine]]
legacy = "netra.engine:Engine"

[[engine]]
legacy = "netra.services.background.background_execution_engine:BackgroundExecutionEngine"
''',
}  # fmt: skip


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return what a process is to see: this interpreter's program, and nothing of the user's own settings."""
    who = {f"GIT_{role}_{part}": "Ann" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2024-05-06T07:08:09+0000")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        **who,
        **when,
        **more,
    }


def make(folder: Path, home: Path) -> Path:
    """Make the small repository; its plan is in the cache then, as it is for a user from the second command on."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return _commit(folder, home)


def make_sample(folder: Path, home: Path) -> Path:
    """Make a repository of the sample, likewise."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".pytest_cache", ".git"))
    return _commit(folder, home)


def run(folder: Path, home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program without a terminal: its streams are pipes."""
    return subprocess.run(
        [*PROGRAM, *words],
        cwd=folder,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _commit(folder: Path, home: Path) -> Path:
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Start")):
        subprocess.run(["git", *words], cwd=folder, env=environment(home), check=True)
    return folder
