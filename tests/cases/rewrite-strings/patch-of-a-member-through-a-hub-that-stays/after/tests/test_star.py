from unittest.mock import patch

from app.engine import UserEngine as OldEngine


def test_it():
    with patch("app.engine.UserEngine.show", lambda self: "patched"):
        return OldEngine.create("r", None, user='nobody').show()
