"""Lines that go on."""

from netra_backend.app.agents.supervisor.execution_engine \
    import ExecutionEngine, \
    UserExecutionContext

from netra_backend.app.agents.supervisor.request_scoped_execution_engine import \
    RequestScopedExecutionEngine as Scoped


def long_engine(registry, bridge, user_id):
    """Return an engine."""
    return \
        ExecutionEngine(registry, bridge,
                        UserExecutionContext(user_id))


def scoped_engine(user_context):
    """Return another engine."""
    return Scoped(user_context)
