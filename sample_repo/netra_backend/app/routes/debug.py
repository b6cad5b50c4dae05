"""GET /debug: whole dotted names, as somebody typed them into a console."""

import netra_backend.app.agents.supervisor.execution_engine
import netra_backend.app.agents.supervisor.request_scoped_execution_engine


def debug_engine(registry, bridge, user_context):
    """Return an engine."""
    return netra_backend.app.agents.supervisor.execution_engine.ExecutionEngine(registry, bridge, user_context)


def debug_request_engine(user_context):
    """Return another engine."""
    engine_class = netra_backend.app.agents.supervisor.request_scoped_execution_engine.RequestScopedExecutionEngine
    return engine_class(user_context)
