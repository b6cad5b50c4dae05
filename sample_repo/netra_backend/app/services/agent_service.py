"""Runs an agent for a user."""

from ..agents.supervisor.execution_context import AgentExecutionContext
from ..agents.supervisor.execution_engine import ExecutionEngine


class AgentService:
    """Makes an engine for every question."""

    def __init__(self, registry, bridge):
        self.registry = registry
        self.bridge = bridge

    def engine_for(self, user_context):
        """Return an engine for a user."""
        return ExecutionEngine(self.registry, self.bridge, user_context)

    async def ask(self, user_context, agent_name, message):
        """Return the answer to a message."""
        engine = self.engine_for(user_context)
        result = await engine.execute_agent(AgentExecutionContext(agent_name, message))
        return result.answer
