"""Runs tools. The tool events are lost here: nothing ever sets the notifier."""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.tool_types import DEFAULT_TOOLS, ToolResult


class UnifiedToolExecutionEngine:
    """Runs tools; was to tell the user about it."""

    def __init__(self, websocket_notifier: Any = None) -> None:
        # The notifier was to be set by enhance_tool_dispatcher(), after start-up. Nobody calls it.
        self.websocket_notifier = None
        self.calls = 0

    async def execute_tool(self, name: str, **arguments: Any) -> ToolResult:
        """Run one tool; raises KeyError where there is none of this name."""
        tool = DEFAULT_TOOLS[name]
        if self.websocket_notifier is not None:
            await self.websocket_notifier.emit("tool_executing", tool=name)
        result = ToolResult(name, tool(**arguments), arguments)
        self.calls += 1
        if self.websocket_notifier is not None:
            await self.websocket_notifier.emit("tool_completed", tool=name)
        return result


def enhance_tool_dispatcher(tools: UnifiedToolExecutionEngine, notifier: Any) -> UnifiedToolExecutionEngine:
    """Let a notifier hear about the tools, and return them."""
    tools.websocket_notifier = notifier
    return tools
