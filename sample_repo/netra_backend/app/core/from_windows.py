"""Comes from another system: its lines end with CR LF."""

from netra_backend.app.agents.supervisor.execution_engine import (
    ExecutionEngine,
    UserExecutionContext,
)


def imported_engine(registry, bridge, user_id):
    """Return an engine."""
    return ExecutionEngine(registry, bridge, UserExecutionContext(user_id))
