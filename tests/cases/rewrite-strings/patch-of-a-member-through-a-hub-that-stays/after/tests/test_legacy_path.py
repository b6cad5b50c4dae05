from unittest.mock import patch

import app.engine


def test_it():
    with patch("app.engine.UserEngine.show", lambda self: "patched"):
        return app.engine.UserEngine.create("r", None, user='nobody').show()
