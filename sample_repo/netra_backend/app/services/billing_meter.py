"""Counts what users cost. It has a UserExecutionEngine of its own: a line on an invoice."""

from dataclasses import dataclass

from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine


@dataclass
class UserExecutionEngine:
    """A line on an invoice: what one user's engine cost."""

    user_id: str
    cents: int


def meter(engine: RequestScopedExecutionEngine) -> UserExecutionEngine:
    """Return the line for an engine."""
    if not isinstance(engine, RequestScopedExecutionEngine):
        raise TypeError("only engines are metered")
    return UserExecutionEngine(engine.user_context.user_id, 5 * len(engine.history))
