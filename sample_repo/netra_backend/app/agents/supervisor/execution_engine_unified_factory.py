"""The unified factory: a facade over the other one, so that there are two."""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_engine_factory import ExecutionEngineFactory
from netra_backend.app.agents.supervisor.user_execution_engine import UserExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge
from netra_backend.app.services.user_execution_context import UserExecutionContext


class UnifiedExecutionEngineFactory:
    """Passes every call on."""

    def __init__(
        self, websocket_bridge: AgentWebSocketBridge | None = None, registry: AgentRegistry | None = None
    ) -> None:
        self._delegate_factory = ExecutionEngineFactory(websocket_bridge, registry)

    def create_engine(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return what the other factory returns."""
        return self._delegate_factory.create_engine(user_context)

    async def create_for_user(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return what the other factory returns, from a coroutine."""
        return await self._delegate_factory.create_for_user(user_context)

    async def cleanup_engine(self, engine: UserExecutionEngine) -> None:
        """End an engine."""
        await self._delegate_factory.cleanup_engine(engine)

    def get_factory_metrics(self) -> dict[str, Any]:
        """Return the other factory's figures."""
        return self._delegate_factory.get_factory_metrics()


_unified_factory: UnifiedExecutionEngineFactory | None = None


def get_unified_execution_engine_factory() -> UnifiedExecutionEngineFactory:
    """Return the facade of this process."""
    global _unified_factory
    if _unified_factory is None:
        _unified_factory = UnifiedExecutionEngineFactory()
    return _unified_factory
