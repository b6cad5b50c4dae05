from unittest.mock import patch


def test_it():
    with patch("app.old.legacy.OldEngine.extra", return_value="patched"):
        pass
