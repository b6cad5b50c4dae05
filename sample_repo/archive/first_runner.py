"""The first runner, kept for the record. The configuration excludes this folder."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine


def first(registry, bridge):
    """Return an engine."""
    return ExecutionEngine(registry, bridge)
