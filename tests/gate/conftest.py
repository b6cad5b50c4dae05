import shutil
from pathlib import Path

import pytest

from consolidate.gitstep.fresh import create_repository
from tests.cli.conftest import project, run  # noqa: F401
from tests.gate.projects import consolidate

SAMPLE = Path(__file__).parents[2] / "sample_repo"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """The sample after all its phases, for tests that put back what they change."""
    folder = tmp_path_factory.mktemp("migrated") / "sample"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    create_repository(folder, "Start")
    consolidate(folder, "apply", "--all")
    return folder
