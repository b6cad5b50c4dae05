from unittest.mock import patch

import app.legacy


def test_it():
    with patch("app.legacy.OldEngine.show", lambda self: "patched"):
        return app.legacy.OldEngine("r").show()
