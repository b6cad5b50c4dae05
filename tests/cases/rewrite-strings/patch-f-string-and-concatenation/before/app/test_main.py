from unittest.mock import patch

BASE = "app.old.legacy"


@patch(f"{BASE}.OldEngine")
@patch("app.old." "legacy.OldEngine")
@patch("app.old.legacy" + ".OldEngine")
@patch("app.old.\x6cegacy.OldEngine")
def test_it(*fakes):
    pass
