"""The same, where a part of it stays."""

from unittest.mock import patch

from app import wide


def test_it():
    with patch("app.old.legacy.OldEngine.run", lambda self: "patched"):
        return wide.serve()
