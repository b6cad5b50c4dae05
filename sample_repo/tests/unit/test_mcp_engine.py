"""The engine for the tools of MCP servers."""

import pytest

from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
from netra_backend.app.agents.supervisor.mcp_execution_engine import MCPExecutionEngine


@pytest.mark.parametrize("server", ["local", "remote"])
def test_is_an_engine(registry, bridge, alice, server):
    import asyncio

    engine = MCPExecutionEngine(registry, websocket_bridge=bridge, user_context=alice)
    assert isinstance(engine, ExecutionEngine)
    context = AgentExecutionContext("triage", "how much?", {"mcp_server": server})
    assert asyncio.run(engine.execute_agent(context)).user_id == "alice"
