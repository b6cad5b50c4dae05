from unittest.mock import patch

import app.early
from app import late, renamed
from app.late import later


class Fake:
    size = 0

    def __init__(self, *args, **kwargs):
        pass

    def run(self):
        return "faked"


def test_early():
    with patch("app.early.UserEngine", Fake):
        return app.early.early()


def test_late():
    with patch("app.engine.UserEngine", Fake):
        return late.late()


def test_renamed():
    with patch.object(renamed, "UserEngine", Fake), patch("app.renamed.EngineError", Fake):
        return renamed.UserEngine().run(), renamed.EngineError().run()
