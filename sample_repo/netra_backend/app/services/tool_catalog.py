"""Runs registered tools. Another domain: reported, never edited."""

from netra_backend.app.services.unified_tool_registry import UnifiedToolRegistry
from netra_backend.app.services.unified_tool_registry.execution_engine import ToolRegistryExecutionEngine


def tool_runner(budget: int) -> ToolRegistryExecutionEngine:
    """Return an engine with a budget."""
    return ToolRegistryExecutionEngine(UnifiedToolRegistry(), budget)
