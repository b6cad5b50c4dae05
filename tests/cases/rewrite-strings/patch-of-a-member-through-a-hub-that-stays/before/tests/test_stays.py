from unittest.mock import patch

from app import hub
from app.hub import Ruled


def test_it():
    with patch("app.hub.Ruled.show", lambda self: "patched"):
        return Ruled("r").show(), hub.Ruled("r").show()
