"""Reports, with the history of their imports."""

# from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
# from netra_backend.app.agents.execution_engine_consolidated import ConsolidatedExecutionEngine
from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine

#: RequestScopedExecutionEngine took the place of ExecutionEngine here in spring.


def report(engine: RequestScopedExecutionEngine) -> dict:
    """Return an engine's figures."""
    # engine = ExecutionEngine(registry, bridge)
    return engine.get_execution_stats()
