"""Runs the triage agent."""

from ..supervisor.execution_context import AgentExecutionContext
from ..supervisor.mcp_execution_engine import MCPExecutionEngine


async def triage(registry, bridge, user_context, message, server="local"):
    """Return the triage's answer."""
    engine = MCPExecutionEngine(registry, bridge, user_context)
    context = AgentExecutionContext("triage", message, {"mcp_server": server})
    return (await engine.execute_agent(context)).answer
