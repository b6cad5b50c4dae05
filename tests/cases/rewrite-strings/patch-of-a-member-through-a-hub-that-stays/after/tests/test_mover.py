from unittest.mock import patch

from app.engine import UserEngine


def test_it():
    with patch("app.moves.UserEngine.show", lambda self: "patched"):
        return UserEngine.create("r", None, user='nobody').show()
