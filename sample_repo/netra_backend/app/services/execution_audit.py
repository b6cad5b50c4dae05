"""Calls in all their forms."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
from netra_backend.app.agents.supervisor.mcp_execution_engine import MCPExecutionEngine


def audited(engine):
    """Return the engine."""
    return engine


def pair(registry, bridge, first, second):
    """Return two engines, made inside other calls."""
    return (
        audited(ExecutionEngine(registry, bridge, first)),
        audited(
            MCPExecutionEngine(
                registry,
                # the bridge is the same for both
                bridge,
                second,  # but not the user
            )
        ),
    )


def chained(registry, bridge, user_context):
    """Return the history of a new engine."""
    return ExecutionEngine(registry, bridge, user_context).history


engines_for = lambda registry, bridge, contexts: [ExecutionEngine(registry, bridge, one) for one in contexts]  # noqa: E731
