"""Makes engines. The migration from one engine for all to one engine for each stopped half-way here.

The factory makes the right class already, but keeps the first engine and hands it to everybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.user_execution_engine import UserExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge, get_agent_websocket_bridge
from netra_backend.app.services.user_execution_context import UserExecutionContext


class ExecutionEngineFactory:
    """Hands out an engine: the same one for every user."""

    def __init__(
        self, websocket_bridge: AgentWebSocketBridge | None = None, registry: AgentRegistry | None = None
    ) -> None:
        self.websocket_bridge = websocket_bridge or get_agent_websocket_bridge()
        self.registry = registry or AgentRegistry.create_default()
        self._engine_of_everybody: UserExecutionEngine | None = None

    def create_engine(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return an engine. To be done in the next sprint: one for each user."""
        if self._engine_of_everybody is None:
            self._engine_of_everybody = UserExecutionEngine.create_from_legacy(
                self.registry, self.websocket_bridge, user_context
            )
        return self._engine_of_everybody

    async def create_for_user(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return an engine, from a coroutine."""
        await asyncio.sleep(0)
        return self.create_engine(user_context)

    async def cleanup_engine(self, engine: UserExecutionEngine) -> None:
        """End an engine that this factory made."""
        await engine.cleanup()
        self._engine_of_everybody = None

    def get_factory_metrics(self) -> dict[str, Any]:
        """Return figures about this factory."""
        return {"factory": type(self).__name__, "created": int(self._engine_of_everybody is not None)}


_factory: ExecutionEngineFactory | None = None


async def get_execution_engine_factory() -> ExecutionEngineFactory:
    """Return the factory of this process. A coroutine here, a plain function in the other modules."""
    global _factory
    if _factory is None:
        _factory = ExecutionEngineFactory()
    return _factory


async def configure_execution_engine_factory(websocket_bridge: AgentWebSocketBridge) -> ExecutionEngineFactory:
    """Make the factory of this process use a bridge, and return it."""
    global _factory
    _factory = ExecutionEngineFactory(websocket_bridge)
    return _factory


@asynccontextmanager
async def user_execution_engine(user_context: UserExecutionContext) -> AsyncIterator[UserExecutionEngine]:
    """Give an engine for the length of a `with` block, and clean up behind it."""
    factory = await get_execution_engine_factory()
    engine = await factory.create_for_user(user_context)
    try:
        yield engine
    finally:
        await factory.cleanup_engine(engine)
