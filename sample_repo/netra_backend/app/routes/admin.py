"""GET /admin/engines."""

import netra_backend.app.agents.supervisor.execution_factory as factories
import netra_backend.app.agents.supervisor.request_scoped_execution_engine as scoped


def admin_engine(user_context):
    """Return an engine for an administrator."""
    return scoped.RequestScopedExecutionEngine(user_context)


def admin_limits() -> dict:
    """Return what an engine may do."""
    return {"agents": scoped.RequestScopedExecutionEngine.MAX_CONCURRENT_AGENTS}


def factory_of_the_process() -> "factories.ExecutionFactory":
    """Return the factory, after a reset."""
    factories.reset_execution_factory()
    return factories.get_execution_factory()
