from unittest.mock import patch

import app.unpatched
from app import early, free, hub, late


class Fake:
    def __init__(self, name):
        pass

    def run(self):
        return "fake"


def test_it():
    with patch("app.hub.OldEngine", Fake):
        yield late.make(), early.make(), free.make()
    with patch.object(hub, "OldEngine", Fake):
        from app.hub import OldEngine

        yield OldEngine("local").run(), getattr(app.unpatched, "UserEngine")("got").run()
