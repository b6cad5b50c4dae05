"""Look-alikes only. Not one byte of this file may change."""

from netra_backend.app.agents.supervisor.execution_engine_helpers import ExecutionEngineMonitor
from netra_backend.app.core.interfaces_execution import IExecutionEngine as ExecutionEngine
from netra_backend.app.core.workflow import execution_engine
from netra_backend.app.core.workflow.execution_engine import ExecutionEngine as WorkflowEngine


def run_workflow(steps, engine: ExecutionEngine | None = None):
    """Return what the steps returned."""
    return (engine or execution_engine.ExecutionEngine()).run_steps(steps)


def workflow_engine() -> WorkflowEngine:
    """Return the engine of the workflows."""
    return WorkflowEngine()


def monitor() -> ExecutionEngineMonitor:
    """Return a monitor."""
    return ExecutionEngineMonitor()
