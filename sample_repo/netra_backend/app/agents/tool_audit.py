"""Counts tool calls, and how many went unheard.

`user_tool_execution` needs this module and this module needs the legacy tool engine: that is how a legacy module comes
to lie in the import closure of its own replacement. The module is imported, never a name from it, and the name is
looked up when a tool runs.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from netra_backend.app.agents import unified_tool_execution

calls: Counter[str] = Counter()


def record_call(tools: Any, name: str) -> None:
    """Count one call of a tool; a second count says how many of them nobody heard of."""
    calls[name] += 1
    if isinstance(tools, unified_tool_execution.UnifiedToolExecutionEngine) and tools.websocket_notifier is None:
        calls[f"{name}:unheard"] += 1
