"""Runs single tools."""

from netra_backend.app.agents.unified_tool_execution import UnifiedToolExecutionEngine, enhance_tool_dispatcher


async def run_tool(name, notifier=None, **arguments):
    """Return what a tool returned."""
    tools = UnifiedToolExecutionEngine(websocket_notifier=notifier)
    return (await tools.execute_tool(name, **arguments)).value


def listening_tools(notifier):
    """Return tools that a notifier hears about."""
    return enhance_tool_dispatcher(UnifiedToolExecutionEngine(), notifier)
