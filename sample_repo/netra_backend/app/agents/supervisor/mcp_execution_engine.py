"""The execution engine that was to run the tools of MCP servers too."""

from __future__ import annotations

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge
from netra_backend.app.services.user_execution_context import UserExecutionContext


class MCPExecutionEngine(ExecutionEngine):
    """A subclass of a legacy engine: it inherits the shared state with the rest."""

    def __init__(
        self,
        registry: AgentRegistry,
        websocket_bridge: AgentWebSocketBridge,
        user_context: UserExecutionContext | None = None,
    ) -> None:
        super().__init__(registry, websocket_bridge, user_context)
        self._mcp_servers_seen: list[str] = []

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer, and note the server that the question named."""
        self._mcp_servers_seen.append(context.metadata.get("mcp_server", "none"))
        return await super().execute_agent(context, user_context)
