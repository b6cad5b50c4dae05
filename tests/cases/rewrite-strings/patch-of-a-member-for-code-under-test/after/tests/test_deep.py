"""What it reaches is not what it imports, but what that imports: all of it moves, and so does the patch."""

from unittest.mock import patch

from app import service


def test_it():
    with patch("app.engine.UserEngine.run", lambda self: "patched"):
        return service.serve()
