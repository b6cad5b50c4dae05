"""One small migration for all tests of a worker; making it takes longer than most of them."""

import pytest

from tests.faults.scene import Scene


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("faults"), "small")
