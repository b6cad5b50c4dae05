"""All that it reaches moves: so does the patch."""

from unittest.mock import patch

from app import moves


def test_it():
    with patch("app.old.legacy.OldEngine.run", lambda self: "patched"):
        return moves.start()
