from pathlib import Path

import pytest

from tests.templates.tree import Application, adapter


@pytest.fixture
def app(tmp_path: Path) -> Application:
    return Application(tmp_path)


@pytest.fixture
def ruled(app: Application) -> Application:
    """Return an application whose shim has a class with a call rule."""
    app.shim(adapter())
    return app
