from unittest.mock import patch

from app.moves import OldEngine


def test_it():
    with patch("app.moves.OldEngine.show", lambda self: "patched"):
        return OldEngine("r").show()
