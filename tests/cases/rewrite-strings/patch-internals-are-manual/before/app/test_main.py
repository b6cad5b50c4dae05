from unittest.mock import patch


@patch("app.old.legacy._build")
@patch("app.old.legacy.os")
@patch("app.old.legacy.Vanished")
def test_it(first, second, third):
    pass
