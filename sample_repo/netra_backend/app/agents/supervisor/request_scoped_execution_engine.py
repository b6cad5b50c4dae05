"""An execution engine for one request: new in its constructor, old in its heart."""

from __future__ import annotations

import asyncio
from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.engine_types import EngineConfig
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.unified_tool_execution import UnifiedToolExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import get_agent_websocket_bridge
from netra_backend.app.services.user_execution_context import UserExecutionContext
from netra_backend.app.websocket.emitter import UserWebSocketEmitter


class RequestScopedExecutionEngine:
    """Constructed as the UserExecutionEngine is, so that one name can simply take the other's place."""

    MAX_CONCURRENT_AGENTS = 10

    history: list[AgentExecutionResult] = []
    _emitter_set_last: UserWebSocketEmitter | None = None

    def __init__(
        self,
        user_context: UserExecutionContext,
        websocket_emitter: UserWebSocketEmitter | None = None,
        registry: AgentRegistry | None = None,
        config: EngineConfig | None = None,
    ) -> None:
        self.user_context = user_context
        self.websocket_emitter = websocket_emitter or get_agent_websocket_bridge().create_user_emitter(user_context)
        self.registry = registry or AgentRegistry.create_default()
        self.config = config or EngineConfig()
        self._tools = UnifiedToolExecutionEngine(self.websocket_emitter)
        RequestScopedExecutionEngine._emitter_set_last = self.websocket_emitter

    async def _emit_to_the_last(self, event_type: str, **payload: Any) -> None:
        emitter = RequestScopedExecutionEngine._emitter_set_last
        if emitter is not None:
            await emitter.emit(event_type, **payload)

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer."""
        agent = self.registry.create(context.agent_name)
        await self._emit_to_the_last("agent_started", agent=context.agent_name)
        await self._emit_to_the_last("agent_thinking", agent=context.agent_name)
        await asyncio.sleep(0)
        answer = await agent.run(context.message, self.user_context, self._tools)
        await self._emit_to_the_last("agent_completed", agent=context.agent_name, answer=answer)
        result = AgentExecutionResult(context.agent_name, self.user_context.user_id, self.user_context.run_id, answer)
        self.history.append(result)
        return result

    def get_execution_stats(self) -> dict[str, Any]:
        """Return figures about what this engine did."""
        return {"user_id": self.user_context.user_id, "runs": len(self.history)}

    def is_active(self) -> bool:
        """Return True: this engine has no end."""
        return True

    async def cleanup(self) -> None:
        """Forget everything, everybody's."""
        self.history.clear()
