"""What a user may use. The classes are looked up on the class that imports them."""


class Quota:
    """Imports in its own body."""

    from netra_backend.app.agents.supervisor.execution_engine_factory import ExecutionEngineFactory
    from netra_backend.app.agents.supervisor.request_scoped_execution_engine import (
        RequestScopedExecutionEngine as engine_class,
    )

    limit = engine_class.MAX_CONCURRENT_AGENTS

    def engine(self, user_context):
        """Return an engine."""
        return self.engine_class(user_context)


def quota_factory(bridge):
    """Return a factory."""
    return Quota.ExecutionEngineFactory(bridge)
