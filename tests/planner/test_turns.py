"""Candidates are read a part at a time: in whatever parts, the plan is the same."""

from pathlib import Path

import pytest

from planner import surveyor
from planner.model import Plan
from tests.planner.trees import Tree, plan_of

ROOT = Path(__file__).resolve().parents[2] / "sample_repo"


@pytest.fixture(scope="module")
def files() -> Tree:
    paths = [path for path in ROOT.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def plain(files: Tree) -> Plan:
    return plan_of(files)


@pytest.mark.parametrize("at_once", [1, 7])
def test_the_parts_do_not_matter(files: Tree, plain: Plan, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveyor, "_AT_ONCE", at_once)
    assert len({item.path for item in plain.references}) > 2 * at_once
    assert plan_of(files) == plain
