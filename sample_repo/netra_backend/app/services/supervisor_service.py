"""Two engines of one module, which become one."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine, SupervisorExecutionEngine


def supervisor_engine(registry, bridge, user_context):
    """Return the supervisor's engine."""
    return SupervisorExecutionEngine(registry, bridge, user_context)


def ordinary_engine(registry, bridge, user_context):
    """Return the engine of everybody else."""
    return ExecutionEngine(
        registry=registry,
        websocket_bridge=bridge,  # by keyword, one to a line
        user_context=user_context,
    )
