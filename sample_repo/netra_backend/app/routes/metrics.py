"""GET /metrics."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine


def limits_line() -> str:
    """Return the limits as one line."""
    return f"{ExecutionEngine.__name__}: {ExecutionEngine.MAX_CONCURRENT_AGENTS} agents, {ExecutionEngine.AGENT_EXECUTION_TIMEOUT:.0f} s"


def is_an_engine(thing: object) -> bool:
    """Return whether a thing is an engine."""
    return isinstance(thing, (ExecutionEngine, type(None))) and thing is not None
