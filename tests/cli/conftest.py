from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from consolidate.cli import main
from tests.cli import projects


@dataclass
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    projects.install(monkeypatch)
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(projects.make_project(folder))
    return folder


@pytest.fixture
def run(project, capfdbinary) -> Callable[..., Result]:
    """Run the program in this process, in the project."""

    def call(*words: str) -> Result:
        capfdbinary.readouterr()
        code = main(words)
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8", "surrogateescape"), err.decode("utf-8", "surrogateescape"))

    return call
