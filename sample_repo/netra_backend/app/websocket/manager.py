"""The connections. Offline, a connection is a list that keeps what was sent to it."""

from __future__ import annotations

import asyncio
from typing import Any

AGENT_EVENTS = ("agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed")


class WebSocketManager:
    """Keeps what every user was sent, in order."""

    def __init__(self) -> None:
        self._sent: dict[str, list[dict[str, Any]]] = {}

    async def send_to_user(self, user_id: str, event: dict[str, Any]) -> None:
        """Send one event; gives way to other tasks, as a socket would."""
        await asyncio.sleep(0)
        self._sent.setdefault(user_id, []).append(event)

    def events_for(self, user_id: str) -> list[dict[str, Any]]:
        """Return a copy of what the user was sent."""
        return list(self._sent.get(user_id, ()))

    def event_types_for(self, user_id: str) -> list[str]:
        """Return the types of what the user was sent, in order."""
        return [event["type"] for event in self.events_for(user_id)]

    def users(self) -> list[str]:
        """Return the users that were sent anything."""
        return sorted(self._sent)
