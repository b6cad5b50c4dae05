"""Runs tools for one user, and tells that user."""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.tool_audit import record_call
from netra_backend.app.agents.tool_types import DEFAULT_TOOLS, ToolResult


class UserToolExecutionEngine:
    """Runs tools. `websocket_notifier` hears about each of them before and after."""

    def __init__(self, websocket_notifier: Any = None) -> None:
        self.websocket_notifier = websocket_notifier
        self.calls = 0

    async def execute_tool(self, name: str, **arguments: Any) -> ToolResult:
        """Run one tool; raises KeyError where there is none of this name."""
        tool = DEFAULT_TOOLS[name]
        if self.websocket_notifier is not None:
            await self.websocket_notifier.emit("tool_executing", tool=name)
        result = ToolResult(name, tool(**arguments), arguments)
        self.calls += 1
        record_call(self, name)
        if self.websocket_notifier is not None:
            await self.websocket_notifier.emit("tool_completed", tool=name)
        return result


def attach_notifier(tools: UserToolExecutionEngine, notifier: Any) -> UserToolExecutionEngine:
    """Let a notifier hear about the tools, and return them."""
    tools.websocket_notifier = notifier
    return tools
