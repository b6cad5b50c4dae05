from unittest import mock

import app.use.hub
from app.engine import UserEngine


@mock.patch("app.engine.UserEngine")
@mock.patch("app.use.hub.Plain")
@mock.patch("app.old.wanting.Wanting.pause")
@mock.patch.object(app.use.hub, "Plain")
def test(*given):
    UserEngine.make(1, 1, None), UserEngine(), mock.Mock(spec=UserEngine)
