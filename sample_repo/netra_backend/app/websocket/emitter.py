"""An emitter speaks to one user and to nobody else."""

from __future__ import annotations

from typing import Any

from netra_backend.app.services.user_execution_context import UserExecutionContext, validate_user_context
from netra_backend.app.websocket.manager import WebSocketManager


class UserWebSocketEmitter:
    """Sends the events of one context's runs to that context's user."""

    def __init__(self, manager: WebSocketManager, user_context: UserExecutionContext) -> None:
        self.manager = manager
        self.user_context = validate_user_context(user_context)

    @property
    def user_id(self) -> str:
        """The user that this emitter speaks to."""
        return self.user_context.user_id

    async def emit(self, event_type: str, **payload: Any) -> None:
        """Send one event."""
        event = {"type": event_type, "user_id": self.user_id, "run_id": self.user_context.run_id, **payload}
        await self.manager.send_to_user(self.user_id, event)
