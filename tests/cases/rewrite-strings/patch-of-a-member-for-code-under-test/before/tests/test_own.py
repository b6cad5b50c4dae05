"""Its own use cannot be told, and the code under test stays with it."""

from unittest.mock import patch

import app.old.legacy as legacy
from app import own


def test_it():
    with patch("app.old.legacy.OldEngine.run", lambda self: "patched"):
        return own.start(), getattr(legacy, "OldEngine")("own").run()
