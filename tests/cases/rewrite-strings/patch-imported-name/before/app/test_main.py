from unittest.mock import patch


@patch("app.old.legacy.Context")
@patch("app.old.legacy.create_engine")
def test_it(first, second):
    pass
