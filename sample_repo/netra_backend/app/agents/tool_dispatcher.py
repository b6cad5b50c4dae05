"""Finds the tool engine that a run gets."""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.tool_types import ToolResult
from netra_backend.app.agents.unified_tool_execution import (
    UnifiedToolExecutionEngine,
    enhance_tool_dispatcher,  # sets the notifier
)


class ToolDispatcher:
    """A tool engine, and a name for it."""

    def __init__(self, notifier: Any = None) -> None:
        self.engine: UnifiedToolExecutionEngine = UnifiedToolExecutionEngine(websocket_notifier=notifier)

    def listen(self, notifier: Any) -> None:
        """Let a notifier hear about the tools."""
        enhance_tool_dispatcher(self.engine, notifier)

    async def dispatch(self, name: str, **arguments: Any) -> ToolResult:
        """Run one tool."""
        return await self.engine.execute_tool(name, **arguments)
