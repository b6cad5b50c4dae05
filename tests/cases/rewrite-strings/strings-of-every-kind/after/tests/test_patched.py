from unittest import mock
from unittest.mock import patch

import app.hub
import app.user
from app import user


class Fake:
    def __init__(self, *given):
        pass

    def run(self):
        return "faked"

    stop = secret = limit = size = run


def test_names():
    with patch("app.user.OldEngine", Fake), mock.patch("app.user.EngineError", Fake):
        yield user.use()
    with patch("app.user.OldEngine.run", Fake.run), patch("app.user.OldEngine.limit", 5):
        yield user.use()
    with patch.object(user, "OldEngine", Fake), patch.object(app.user, "EngineError"):
        yield user.use()
    with patch.object(app.hub, "UserEngine", Fake), patch("app.hub.Trouble"), patch("app.hub.OldPool"):
        yield user.use()
    with patch.multiple("app.user", OldEngine=Fake), patch.dict("app.user.__dict__", {}):
        yield user.use()


def test_internals(monkeypatch):
    with patch("app.engine.UserEngine.run"), patch("app.old.legacy.OldEngine.stop"), patch("app.old.legacy.OldError"):
        pass
    with patch("app.old.legacy.internal"), patch("app.old.legacy.absent", create=True), patch("app.old.legacy.Context"):
        pass
    with patch("app.old.legacy.Surroundings"), patch("app.old.legacy.json"), patch("app.old.legacy.json.dumps"):
        pass
    with patch("app.pool.Pool"), patch("app.helpers.helper"), patch("app.old.domain.OldDomain"):
        pass
    with patch("app.engine.UserEngine"), patch("app.old.gone.other"), patch("app.old.legacy"):
        pass
    monkeypatch.setattr("app.old.legacy.OldEngine", Fake), monkeypatch.delattr("app.old.legacy.OldEngine.secret")
    monkeypatch.setattr(user, "OldEngine", Fake), monkeypatch.setattr(user, "other", 1)
    name = getattr(app.hub, "UserEngine"), hasattr(user, "EngineError"), getattr(Fake, "OldEngine" + "x", 1)
