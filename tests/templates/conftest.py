from pathlib import Path

import pytest

from tests.templates.tree import Application


@pytest.fixture
def app(tmp_path: Path) -> Application:
    return Application(tmp_path)
