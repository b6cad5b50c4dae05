"""Everything from the old module, for those who never looked where it comes from."""

from netra_backend.app.agents.supervisor.execution_engine import *  # noqa: F403


def compat_engine(registry, bridge, user_id):
    """Return an engine for a user, by name."""
    return ExecutionEngine(registry, bridge, UserExecutionContext(user_id))  # noqa: F405
