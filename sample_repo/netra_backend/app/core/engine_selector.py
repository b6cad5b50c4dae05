"""Tells engines apart."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine


def kind_of(thing) -> str:
    """Return what a thing is."""
    if isinstance(thing, RequestScopedExecutionEngine):
        return "engine"
    if isinstance(thing, ExecutionEngine):
        return "engine"
    if isinstance(thing, type) and issubclass(thing, RequestScopedExecutionEngine):
        return "engine class"
    return "something else"
