from unittest.mock import patch

from app import lazy


def test_start():
    with patch("app.engine.UserEngine") as fake:
        fake.return_value.run.return_value = "fake"
        assert lazy.start() == "fake"
