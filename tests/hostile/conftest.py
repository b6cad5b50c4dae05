from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.world import World, copy, foreign_variables, isolated, make_template


def isolate(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in foreign_variables():
        patch.delenv(name)
    for name, value in isolated(home).items():
        patch.setenv(name, value)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_git(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch, home)


@pytest.fixture(scope="session")
def template(home: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    with pytest.MonkeyPatch.context() as patch:
        isolate(patch, home)
        return make_template(tmp_path_factory.mktemp("template") / "base")


@pytest.fixture
def another(template: World, tmp_path: Path) -> Callable[[str], World]:
    """Return a function that makes a repository of one commit in a folder of that name."""
    return lambda name: copy(template, tmp_path / name)


@pytest.fixture
def world(another: Callable[[str], World]) -> World:
    return another("base")
