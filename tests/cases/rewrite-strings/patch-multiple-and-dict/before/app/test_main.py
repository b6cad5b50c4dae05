from unittest.mock import patch


@patch.multiple("app.service", OldEngine=1)
@patch.dict("app.service.CACHE", {"OldEngine": 1})
def test_it():
    pass
