from unittest import mock

import app.use.hub
from app.old.plain import Plain
from app.use.hub import Ruled


@mock.patch("app.old.plain.Plain")
@mock.patch("app.use.hub.Plain")
@mock.patch("app.old.wanting.Wanting.pause")
@mock.patch.object(app.use.hub, "Plain")
def test(*given):
    Ruled(1), Plain(), mock.Mock(spec=Plain)
