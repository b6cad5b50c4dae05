"""The one engine: it runs agents for one user, and says so to that user only.

This is the target of the migration that `consolidate.toml` describes. The legacy engines beside it are what it takes
the place of; the factory below is the one that is left.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.engine_types import EngineConfig
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext, AgentExecutionResult
from netra_backend.app.agents.user_tool_execution import UserToolExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge, get_agent_websocket_bridge
from netra_backend.app.services.user_execution_context import (
    UserExecutionContext,
    anonymous_context,
    validate_user_context,
)
from netra_backend.app.websocket.emitter import UserWebSocketEmitter


class UserExecutionEngine:
    """Runs agents for one user. Nothing in it is shared with another instance."""

    MAX_CONCURRENT_AGENTS = 10
    AGENT_EXECUTION_TIMEOUT = 30.0

    def __init__(
        self,
        user_context: UserExecutionContext,
        websocket_emitter: UserWebSocketEmitter | None = None,
        registry: AgentRegistry | None = None,
        config: EngineConfig | None = None,
    ) -> None:
        self.user_context = validate_user_context(user_context)
        self.websocket_emitter = websocket_emitter or get_agent_websocket_bridge().create_user_emitter(user_context)
        self.registry = registry or AgentRegistry.create_default()
        self.config = config or EngineConfig()
        self.history: list[AgentExecutionResult] = []
        self.active_runs: dict[str, AgentExecutionContext] = {}
        self._tools = UserToolExecutionEngine(self.websocket_emitter)
        self._active = True

    @classmethod
    def create_from_legacy(
        cls,
        registry: AgentRegistry,
        websocket_bridge: AgentWebSocketBridge,
        user_context: UserExecutionContext | None = None,
    ) -> UserExecutionEngine:
        """Return an engine from the arguments of the legacy constructors, with an emitter for the context's user."""
        context = validate_user_context(anonymous_context() if user_context is None else user_context)
        return cls(context, websocket_bridge.create_user_emitter(context), registry)

    @classmethod
    def create_with_bridge(
        cls,
        user_context: UserExecutionContext,
        websocket_bridge: AgentWebSocketBridge,
        config: EngineConfig | None = None,
    ) -> UserExecutionEngine:
        """Return an engine for a user, with an emitter of its own from the bridge."""
        return cls(user_context, websocket_bridge.create_user_emitter(user_context), config=config)

    async def execute_agent(
        self, context: AgentExecutionContext, user_context: UserExecutionContext | None = None
    ) -> AgentExecutionResult:
        """Run one agent and return its answer; raises AgentExecutionError. `user_context` may only repeat the engine's own."""
        user = self.user_context if user_context is None else validate_user_context(user_context)
        if user.user_id != self.user_context.user_id:
            raise PermissionError(f"this engine serves {self.user_context.user_id}, not {user.user_id}")
        agent = self.registry.create(context.agent_name)
        key = self.registry.executions.register_run(user, context.agent_name)
        self.active_runs[key] = context
        emit = self.websocket_emitter.emit
        try:
            await emit("agent_started", agent=context.agent_name)
            await emit("agent_thinking", agent=context.agent_name)
            answer = await asyncio.wait_for(agent.run(context.message, user, self._tools), self.config.timeout_seconds)
            await emit("agent_completed", agent=context.agent_name, answer=answer)
        finally:
            del self.active_runs[key]
        result = AgentExecutionResult(context.agent_name, user.user_id, user.run_id, answer)
        if self.config.keep_history:
            self.history.append(result)
        return result

    async def execute_pipeline(self, steps: list[AgentExecutionContext]) -> list[AgentExecutionResult]:
        """Run agents one after the other."""
        return [await self.execute_agent(step) for step in steps]

    def get_execution_stats(self) -> dict[str, Any]:
        """Return figures about what this engine did."""
        return {"user_id": self.user_context.user_id, "runs": len(self.history), "active": len(self.active_runs)}

    def is_active(self) -> bool:
        """Return whether `cleanup` is still to come."""
        return self._active

    async def cleanup(self) -> None:
        """Forget everything about the user."""
        self.history.clear()
        self.active_runs.clear()
        self._active = False


class UserExecutionEngineFactory:
    """Makes a new engine for every call."""

    def __init__(
        self, websocket_bridge: AgentWebSocketBridge | None = None, registry: AgentRegistry | None = None
    ) -> None:
        self.websocket_bridge = websocket_bridge or get_agent_websocket_bridge()
        self.registry = registry or AgentRegistry.create_default()
        self.created = 0

    def create_engine(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return a new engine for this context."""
        self.created += 1
        return UserExecutionEngine.create_from_legacy(self.registry, self.websocket_bridge, user_context)

    async def create_for_user(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return a new engine for this context, from a coroutine."""
        await asyncio.sleep(0)
        return self.create_engine(user_context)

    async def cleanup_engine(self, engine: UserExecutionEngine) -> None:
        """End an engine that this factory made."""
        await engine.cleanup()

    def get_factory_metrics(self) -> dict[str, Any]:
        """Return figures about this factory."""
        return {"factory": type(self).__name__, "created": self.created}


_factory: UserExecutionEngineFactory | None = None


def get_engine_factory() -> UserExecutionEngineFactory:
    """Return the factory of this process."""
    global _factory
    if _factory is None:
        _factory = UserExecutionEngineFactory()
    return _factory


def reset_engine_factory() -> None:
    """Forget the factory of this process; the next `get_engine_factory` makes a new one."""
    global _factory
    _factory = None


async def get_user_execution_engine_factory() -> UserExecutionEngineFactory:
    """Return the factory of this process, from a coroutine."""
    return get_engine_factory()


async def configure_user_execution_engine_factory(
    websocket_bridge: AgentWebSocketBridge,
) -> UserExecutionEngineFactory:
    """Make the factory of this process use a bridge, and return it."""
    global _factory
    _factory = UserExecutionEngineFactory(websocket_bridge)
    return _factory


def build_user_engine(user_context: UserExecutionContext) -> UserExecutionEngine:
    """Return a new engine from the factory of this process."""
    return get_engine_factory().create_engine(user_context)


async def create_user_engine(user_context: UserExecutionContext) -> UserExecutionEngine:
    """Return a new engine from the factory of this process, from a coroutine."""
    return await get_engine_factory().create_for_user(user_context)


@asynccontextmanager
async def user_engine_scope(user_context: UserExecutionContext) -> AsyncIterator[UserExecutionEngine]:
    """Give a new engine for the length of a `with` block, and clean up behind it."""
    factory = get_engine_factory()
    engine = await factory.create_for_user(user_context)
    try:
        yield engine
    finally:
        await factory.cleanup_engine(engine)
