"""The bridge between agents and WebSockets."""

from __future__ import annotations

from typing import Any

from netra_backend.app.services.user_execution_context import UserExecutionContext
from netra_backend.app.websocket.emitter import UserWebSocketEmitter
from netra_backend.app.websocket.manager import WebSocketManager


class AgentWebSocketBridge:
    """Hands out one emitter for each user context.

    `bind_user` and `notify` are the old way: the bridge remembers who spoke last and sends everything there. With two
    users at once, one of them gets the other's events.
    """

    def __init__(self, manager: WebSocketManager | None = None) -> None:
        self.manager = manager or WebSocketManager()
        self._bound_user = "nobody"

    def create_user_emitter(self, user_context: UserExecutionContext) -> UserWebSocketEmitter:
        """Return a new emitter for this context's user."""
        return UserWebSocketEmitter(self.manager, user_context)

    def bind_user(self, user_id: str) -> None:
        """Remember who is being served (the old way)."""
        self._bound_user = user_id

    async def notify(self, event_type: str, **payload: Any) -> None:
        """Send one event to whoever was bound last (the old way)."""
        await self.manager.send_to_user(self._bound_user, {"type": event_type, "user_id": self._bound_user, **payload})


_bridge: AgentWebSocketBridge | None = None


def get_agent_websocket_bridge() -> AgentWebSocketBridge:
    """Return the bridge of this process."""
    global _bridge
    if _bridge is None:
        _bridge = AgentWebSocketBridge()
    return _bridge
