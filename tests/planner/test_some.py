"""A survey of a few files finds the references that a survey of everything finds in them."""

from pathlib import Path
from random import Random

import pytest

from consolidate.planning import decided, trial_of
from consolidate.scanning import Scanner
from consolidate.unread import told
from consolidate.workers import Workers
from planner.forms import is_code
from planner.model import Reference
from planner.some import SurveyorOfSome
from planner.surveyor import Surveyor
from tests.planner.trees import CONFIG, MemorySnapshot, Tree, config_of
from tests.test_cases import CASES, FOLDERS, planned

Place = tuple[str, int, int, str, str]


def found(files: Tree, *paths: str) -> set[Place]:
    """Return the places of the references in the code of some files, of all if none are named."""
    config, snapshot = config_of(files), MemorySnapshot(files)
    with Workers() as workers:
        scanner, attempt = Scanner(workers, lambda *_: None), trial_of(workers)
        if paths:
            surveyor: Surveyor = SurveyorOfSome(snapshot, config, scanner, attempt, paths)
        else:
            surveyor = Surveyor(snapshot, config, scanner, attempt)
        assembly = decided(surveyor, snapshot, config, workers, lambda *_: None)
        assembly.look()
        references, _ = told(snapshot, assembly)
    legacy = {module.path for module in assembly.survey.legacy.modules.values()}
    return {
        place(item)
        for item in references
        if is_code(item.form) and item.path not in legacy and (not paths or item.path in paths)
    }


def place(item: Reference) -> Place:
    return item.path, item.line, item.column, item.engine, item.form


def files_of(files: Tree) -> list[str]:
    return sorted(path for path in files if path != CONFIG and path.endswith((".py", ".pyi", ".ipynb")))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(CASES).as_posix())
def test_of_each_case(folder: Path) -> None:
    files = planned(folder).before
    every = found(files)
    paths = files_of(files)
    chosen = Random(folder.name).sample(paths, max(1, len(paths) // 3))
    assert found(files, *chosen) == {item for item in every if item[0] in chosen}


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(CASES).as_posix())
def test_of_each_file_of_each_case(folder: Path) -> None:
    files = planned(folder).before
    every = found(files)
    for path in files_of(files):
        assert found(files, path) == {item for item in every if item[0] == path}, path
