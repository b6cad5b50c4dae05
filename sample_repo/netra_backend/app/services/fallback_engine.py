"""Takes the engine that there is."""

try:
    from netra_backend.app.agents.supervisor.request_scoped_execution_engine import (
        RequestScopedExecutionEngine as BestEngine,
    )
except ImportError:  # an installation without the supervisor
    from netra_backend.app.core.execution.core_engine import CoreExecutionEngine as BestEngine

try:
    from netra_backend.app.agents.supervisor.pooled_execution_engine import PooledExecutionEngine
except ImportError:
    from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine

    PooledExecutionEngine = RequestScopedExecutionEngine


def best_engine(user_context):
    """Return an engine."""
    return BestEngine(user_context)


def pooled_engine(user_context):
    """Return an engine from the pool that was never built."""
    return PooledExecutionEngine(user_context)
