"""Messages that come in."""

import asyncio

from netra_backend.app.websocket.handler import make_handler
from netra_backend.app.websocket.replay import replay


def test_handler(bridge, alice):
    handler = make_handler(bridge)
    assert "alice spent" in asyncio.run(handler.handle(alice, "how much?"))
    assert len(asyncio.run(handler.handle_all([(alice, "one"), (alice, "two")]))) == 2


def test_replay(bridge, alice):
    assert "alice spent" in asyncio.run(replay(bridge)(alice, "again"))
