from unittest.mock import patch

from app.keeps import Sub


def test_it():
    with patch("app.hub.Ruled.show", lambda self: "patched"):
        return Sub("r").show()
