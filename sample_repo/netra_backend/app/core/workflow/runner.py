"""A relative import of a look-alike."""

from .execution_engine import ExecutionEngine, ExecutionEngineError


def run(steps):
    """Return what the steps returned; raises ExecutionEngineError where there are none."""
    if not steps:
        raise ExecutionEngineError("no steps")
    return ExecutionEngine().run_steps(steps)
