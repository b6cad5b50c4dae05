"""The golden path: a user who is logged in sends a message, an agent runs, five events go out, an answer comes back."""

from __future__ import annotations

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.supervisor.user_execution_engine import UserExecutionEngineFactory
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge
from netra_backend.app.services.auth_service import AuthService
from netra_backend.app.services.user_execution_context import UserExecutionContext


class ChatService:
    """Answers messages."""

    def __init__(self, auth: AuthService, bridge: AgentWebSocketBridge, registry: AgentRegistry | None = None) -> None:
        self.auth = auth
        self.factory = UserExecutionEngineFactory(bridge, registry)

    async def send_message(self, token: str, message: str, agent_name: str = "triage") -> AgentExecutionResult:
        """Return the agent's answer; raises LoginError and AgentExecutionError."""
        user_context = UserExecutionContext(self.auth.user_of(token))
        engine = await self.factory.create_for_user(user_context)
        try:
            return await engine.execute_agent(AgentExecutionContext(agent_name, message))
        finally:
            await self.factory.cleanup_engine(engine)
