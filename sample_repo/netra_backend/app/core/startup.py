"""What happens when the application starts."""

from netra_backend.app.agents.supervisor.execution_engine_factory import (
    ExecutionEngineFactory,
    configure_execution_engine_factory,
    get_execution_engine_factory,
)
from netra_backend.app.agents.supervisor.execution_engine_unified_factory import UnifiedExecutionEngineFactory, get_unified_execution_engine_factory


async def start(bridge) -> ExecutionEngineFactory:
    """Give the factory its bridge, and return it."""
    await configure_execution_engine_factory(bridge)
    return await get_execution_engine_factory()


def unified() -> UnifiedExecutionEngineFactory:
    """Return the facade."""
    return get_unified_execution_engine_factory()


def unified_for(bridge) -> UnifiedExecutionEngineFactory:
    """Return a facade of its own for a bridge."""
    return UnifiedExecutionEngineFactory(websocket_bridge=bridge)
