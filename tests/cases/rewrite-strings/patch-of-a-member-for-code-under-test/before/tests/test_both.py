"""One patch cannot act on two classes: what it reaches stays together."""

from unittest.mock import patch


def test_it():
    from app import keeps, shared

    with patch("app.old.legacy.OldEngine.run", lambda self: "patched"):
        return keeps.start(), shared.start()
