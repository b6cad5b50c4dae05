"""Has no line end after its last line."""


def unfinished(registry, bridge):
    """Return an engine."""
    return ExecutionEngine(registry, bridge)


from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine