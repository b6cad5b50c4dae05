"""Makes engines of the oldest kind, with accessor functions around it."""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge, get_agent_websocket_bridge
from netra_backend.app.services.user_execution_context import UserExecutionContext


class ExecutionFactory:
    """Makes engines; the registry comes first here, the bridge second."""

    def __init__(
        self, registry: AgentRegistry | None = None, websocket_bridge: AgentWebSocketBridge | None = None
    ) -> None:
        self.registry = registry or AgentRegistry.create_default()
        self.websocket_bridge = websocket_bridge or get_agent_websocket_bridge()
        self._engines_by_thread: dict[str, ExecutionEngine] = {}

    def create_engine(self, user_context: UserExecutionContext) -> ExecutionEngine:
        """Return an engine: the same one for all users whose threads have one name."""
        return self._engines_by_thread.setdefault(
            user_context.thread_id, ExecutionEngine(self.registry, self.websocket_bridge, user_context)
        )

    async def create_for_user(self, user_context: UserExecutionContext) -> ExecutionEngine:
        """Return an engine, from a coroutine."""
        return self.create_engine(user_context)

    def get_factory_metrics(self) -> dict[str, Any]:
        """Return figures about this factory."""
        return {"factory": type(self).__name__, "created": len(self._engines_by_thread)}


_execution_factory: ExecutionFactory | None = None


def get_execution_factory() -> ExecutionFactory:
    """Return the factory of this process."""
    global _execution_factory
    if _execution_factory is None:
        _execution_factory = ExecutionFactory()
    return _execution_factory


def reset_execution_factory() -> None:
    """Forget the factory of this process."""
    global _execution_factory
    _execution_factory = None


def create_request_scoped_engine(user_context: UserExecutionContext) -> ExecutionEngine:
    """Return an engine for one request. (The function of this name in execution_engine_consolidated is a coroutine.)"""
    return get_execution_factory().create_engine(user_context)
