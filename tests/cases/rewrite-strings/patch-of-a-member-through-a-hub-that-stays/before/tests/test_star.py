from unittest.mock import patch

from app.legacy import *


def test_it():
    with patch("app.hub.Ruled.show", lambda self: "patched"):
        return OldEngine("r").show()
