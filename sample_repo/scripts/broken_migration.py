"""A migration by hand that stopped in the middle of a line. It has not run since."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine as UserExecutionEngine as ExecutionEngine


def migrate(registry, bridge:
    return ExecutionEngine(registry, bridge)
