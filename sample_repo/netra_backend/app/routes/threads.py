"""GET /threads: takes the engine from the package that passes it on."""

from netra_backend.app.agents.engines import ExecutionEngine, RequestScopedExecutionEngine


def engine_for_thread(registry, bridge, user_context):
    """Return an engine."""
    return ExecutionEngine(registry, bridge, user_context=user_context)


def engine_for_reply(user_context):
    """Return an engine for one reply."""
    return RequestScopedExecutionEngine(user_context)
