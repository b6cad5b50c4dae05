"""The hooks, run by pre-commit as in somebody's repository: it clones this one and installs it, without a network."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.gate.projects import make

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def pre_commit(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "CONSOLIDATE_"))}
    offline = {
        "PRE_COMMIT_HOME": str(project.parent / "pre-commit"),
        # The build backend and the dependencies are those that lie here: pip neither asks for nor isolates from them.
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # that is how pip is told "no" to isolation
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), *words, "--verbose"],
        cwd=project,
        env={**environment, **offline},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hooks_pass_file_names_and_refuse_what_refers_to_an_engine(tmp_path):
    project = make(tmp_path / "project", {"app/clean.py": "x = 1\n"})
    done = pre_commit(project, "consolidate", "--files", "app/clean.py", "app/new.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    assert "Installing environment" in done.stdout
    done = pre_commit(project, "consolidate", "--files", "app/clean.py", "app/user.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "app/user.py:1:21: from-import of Old: from app.old import Old" in done.stdout
    assert "exit code: 1" in done.stdout
    done = pre_commit(project, "consolidate-repository", "--files", "app/clean.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 legacy references in 1 file" in done.stdout
