"""What the administrators see about engines: names in strings of many kinds."""

import logging

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine

logger = logging.getLogger("netra_backend.app.agents.supervisor.execution_engine")

DOCUMENTED = {
    "netra_backend.app.agents.supervisor.execution_engine.ExecutionEngine": "runs agents",
    "netra_backend.app.agents.supervisor.execution_factory.ExecutionFactory": "makes engines",
    "netra_backend.app.workflow.execution_engine.ExecutionEngine": "another domain",
}
SOURCES = [
    "netra_backend/app/agents/supervisor/execution_engine.py",
    "netra_backend/app/agents/supervisor/execution_engine_factory.py",
]
CONSOLE_EXAMPLE = """
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
engine = ExecutionEngine(registry, bridge)
"""


def describe(engine: ExecutionEngine) -> str:
    """Return a sentence about an ExecutionEngine."""
    logger.debug("describing an ExecutionEngine")
    return f"ExecutionEngine with {len(engine.history)} runs"
