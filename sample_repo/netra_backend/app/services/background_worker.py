"""Works without the supervisor too, if it must."""

try:
    from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
except ImportError:
    ExecutionEngine = None


def worker_engine(registry, bridge):
    """Return an engine, or None where there is no supervisor."""
    if ExecutionEngine is None:
        return None
    return ExecutionEngine(registry, bridge)
