"""The first attempt to consolidate the engines. It became one more of them."""

from __future__ import annotations

import inspect
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.unified_tool_execution import UnifiedToolExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge, get_agent_websocket_bridge
from netra_backend.app.services.user_execution_context import UserExecutionContext

logger = logging.getLogger(__name__)

# Containers that a class body must not hold, or its instances share them.
_SHARED_CONTAINERS = (list, dict, set)


@dataclass(frozen=True)
class EngineConfig:
    """The settings of an engine (a second copy; the first is in engine_types)."""

    timeout_seconds: float = 30.0
    keep_history: bool = True


class ConsolidatedExecutionEngine:
    """Runs agents; made to replace the others, with the same shared state as the others."""

    history: list[AgentExecutionResult] = []

    def __init__(
        self,
        user_context: UserExecutionContext,
        websocket_bridge: AgentWebSocketBridge,
        config: EngineConfig | None = None,
    ) -> None:
        self.user_context = user_context
        self.registry = AgentRegistry.create_default()
        self.config = config or EngineConfig()
        self._bridge_of_everybody = websocket_bridge
        self._tools = UnifiedToolExecutionEngine()

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer."""
        self._bridge_of_everybody.bind_user(self.user_context.user_id)
        await self._bridge_of_everybody.notify("agent_started", agent=context.agent_name)
        agent = self.registry.create(context.agent_name)
        answer = await agent.run(context.message, self.user_context, self._tools)
        await self._bridge_of_everybody.notify("agent_completed", agent=context.agent_name, answer=answer)
        result = AgentExecutionResult(context.agent_name, self.user_context.user_id, self.user_context.run_id, answer)
        self.history.append(result)
        return result

    async def cleanup(self) -> None:
        """Forget everything, everybody's."""
        self.history.clear()


async def create_request_scoped_engine(user_context: UserExecutionContext) -> ConsolidatedExecutionEngine:
    """Return an engine for one request. (The function of this name in execution_factory is no coroutine.)"""
    return ConsolidatedExecutionEngine(user_context, get_agent_websocket_bridge())


@asynccontextmanager
async def execution_engine_context(user_context: UserExecutionContext) -> AsyncIterator[ConsolidatedExecutionEngine]:
    """Give an engine for the length of a `with` block."""
    engine = await create_request_scoped_engine(user_context)
    try:
        yield engine
    finally:
        await engine.cleanup()


def detect_global_state_usage(engine_class: type) -> list[str]:
    """Return the names of the containers that a class shares between its instances. Nothing else does this."""
    shared = [name for name, value in inspect.getmembers(engine_class) if _is_shared(name, value)]
    logger.debug("%s shares %s", engine_class.__name__, shared)
    return shared


def _is_shared(name: str, value: Any) -> bool:
    return not name.startswith("__") and isinstance(value, _SHARED_CONTAINERS)
