"""Has a stub beside it."""

from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine


def engine_for_request(user_context, emitter=None):
    """Return an engine."""
    return RequestScopedExecutionEngine(user_context, emitter)
