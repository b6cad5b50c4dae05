"""Real repositories for the tests of the git step, with a git that knows nothing of the machine it runs on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git.sandbox import PHASE, Sandbox


def _isolate(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "CONSOLIDATE_"))]:
        patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_CONFIG_HOME", str(home))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    settings = "[user]\n\tname = A Developer\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n"
    (home / ".gitconfig").write_text(settings)
    return home


@pytest.fixture(autouse=True)
def _own_git(_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _isolate(monkeypatch, _home)


@pytest.fixture(scope="session")
def _template(_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sandbox = Sandbox(tmp_path_factory.mktemp("template"))
    with pytest.MonkeyPatch.context() as patch:
        _isolate(patch, _home)
        sandbox.git("init", "--quiet")
        sandbox.write("tool.sh", b"#!/bin/sh\nold\n").chmod(0o755)
        sandbox.commit(
            {
                "a.py": b"import old\n",
                "pkg/b.py": b"from old import x\r\n",
                "pkg/deep/gone.py": b"legacy\n",
                "other.py": b"other\n",
                "staged.py": b"staged\n",
                ".gitignore": b"*.log\n",
            }
        )
    return sandbox.root


@pytest.fixture
def copy(_template: Path, tmp_path: Path) -> Callable[[str], Sandbox]:
    """Return a function that makes a repository of one commit in a folder of that name."""

    def make(name: str) -> Sandbox:
        shutil.copytree(_template, tmp_path / name, symlinks=True)
        return Sandbox(tmp_path / name)

    return make


@pytest.fixture
def sandbox(copy: Callable[[str], Sandbox]) -> Sandbox:
    return copy("repository")


@pytest.fixture
def phase() -> dict[str, bytes | None]:
    """Return a phase of the sandbox: files changed, one deleted with its folder, one created with two folders."""
    return dict(PHASE)
