from unittest.mock import patch

from app import lazy


def test_start():
    with patch("app.old.legacy.OldEngine") as fake:
        fake.return_value.run.return_value = "fake"
        assert lazy.start() == "fake"
