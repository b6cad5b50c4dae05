"""The first execution engine, and the supervisor's own, which was copied from it.

Both keep their state on the class: what one user's run leaves there, the next user's run finds.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.engine_types import AgentExecutionError
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.unified_tool_execution import UnifiedToolExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge
from netra_backend.app.services.user_execution_context import UserExecutionContext

logger = logging.getLogger("netra_backend.app.agents.supervisor.execution_engine")

ExecutionEngineError = AgentExecutionError

__all__ = [
    "AgentExecutionContext",
    "AgentExecutionResult",
    "ExecutionEngine",
    "ExecutionEngineError",
    "SupervisorExecutionEngine",
    "UserExecutionContext",
]


class ExecutionEngine:
    """Runs agents for whoever came last."""

    MAX_CONCURRENT_AGENTS = 10
    AGENT_EXECUTION_TIMEOUT = 30.0

    history: list[AgentExecutionResult] = []
    active_runs: dict[str, AgentExecutionContext] = {}
    _user_served_now: UserExecutionContext | None = None

    def __init__(
        self,
        registry: AgentRegistry,
        websocket_bridge: AgentWebSocketBridge,
        user_context: UserExecutionContext | None = None,
    ) -> None:
        self.registry = registry
        self._bridge_of_everybody = websocket_bridge
        self.user_context = user_context
        self._tools = UnifiedToolExecutionEngine()

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer."""
        agent = self.registry.create(context.agent_name)
        ExecutionEngine._user_served_now = user_context or self.user_context or UserExecutionContext("system")
        self._bridge_of_everybody.bind_user(ExecutionEngine._user_served_now.user_id)
        self.active_runs[context.agent_name] = context
        await self._bridge_of_everybody.notify("agent_started", agent=context.agent_name)
        await self._bridge_of_everybody.notify("agent_thinking", agent=context.agent_name)
        await asyncio.sleep(0)
        user = ExecutionEngine._user_served_now
        self.registry.executions.register_run(user, context.agent_name)
        answer = await agent.run(context.message, user, self._tools)
        await self._bridge_of_everybody.notify("agent_completed", agent=context.agent_name, answer=answer)
        self.active_runs.pop(context.agent_name, None)
        result = AgentExecutionResult(context.agent_name, user.user_id, user.run_id, answer)
        self.history.append(result)
        logger.debug("ran %s for %s", context.agent_name, user.user_id)
        return result

    async def execute_pipeline(self, steps: list[AgentExecutionContext]) -> list[AgentExecutionResult]:
        """Run agents one after the other."""
        return [await self.execute_agent(step) for step in steps]

    def get_execution_stats(self) -> dict[str, Any]:
        """Return figures about what the engines did, all together."""
        return {"runs": len(self.history), "active": len(self.active_runs)}

    async def cleanup(self) -> None:
        """Forget everything, everybody's."""
        self.history.clear()
        self.active_runs.clear()


class SupervisorExecutionEngine:
    """Runs agents for the supervisor: a copy that was to stay for a week."""

    history: list[AgentExecutionResult] = []
    _answers_by_agent: dict[str, AgentExecutionResult] = {}

    def __init__(
        self,
        registry: AgentRegistry,
        websocket_bridge: AgentWebSocketBridge,
        user_context: UserExecutionContext | None = None,
    ) -> None:
        self.registry = registry
        self._bridge_of_everybody = websocket_bridge
        self.user_context = user_context
        self._tools = UnifiedToolExecutionEngine()

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer."""
        user = user_context or self.user_context or UserExecutionContext("system")
        self._bridge_of_everybody.bind_user(user.user_id)
        await self._bridge_of_everybody.notify("agent_started", agent=context.agent_name)
        agent = self.registry.create(context.agent_name)
        answer = await agent.run(context.message, user, self._tools)
        # The answer is kept under the agent's name: the next user with the same agent reads this one.
        self._answers_by_agent[context.agent_name] = AgentExecutionResult(
            context.agent_name, user.user_id, user.run_id, answer
        )
        await self._bridge_of_everybody.notify("agent_completed", agent=context.agent_name, answer=answer)
        result = self._answers_by_agent[context.agent_name]
        self.history.append(result)
        return result

    async def cleanup(self) -> None:
        """Forget everything, everybody's."""
        self.history.clear()
