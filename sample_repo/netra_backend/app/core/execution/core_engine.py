"""The core's execution engine."""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.unified_tool_execution import UnifiedToolExecutionEngine
from netra_backend.app.core.naming import CORE_ENGINE_NAME
from netra_backend.app.services.user_execution_context import UserExecutionContext


class CoreExecutionEngine:
    """Runs agents for the core. The emitter that it gets is kept for the first user, and used for all."""

    history: list[AgentExecutionResult] = []
    _first_emitter: Any = None

    def __init__(self, context: UserExecutionContext, *, emitter: Any = None) -> None:
        self.user_context = context
        self.registry = AgentRegistry.create_default()
        if CoreExecutionEngine._first_emitter is None:
            CoreExecutionEngine._first_emitter = emitter
        self._tools = UnifiedToolExecutionEngine(emitter)

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer."""
        agent = self.registry.create(context.agent_name)
        if CoreExecutionEngine._first_emitter is not None:
            await CoreExecutionEngine._first_emitter.emit("agent_started", agent=context.agent_name)
        answer = await agent.run(context.message, self.user_context, self._tools)
        if CoreExecutionEngine._first_emitter is not None:
            await CoreExecutionEngine._first_emitter.emit("agent_completed", agent=context.agent_name, answer=answer)
        result = AgentExecutionResult(context.agent_name, self.user_context.user_id, CORE_ENGINE_NAME, answer)
        self.history.append(result)
        return result

    async def cleanup(self) -> None:
        """Forget everything, everybody's."""
        self.history.clear()
