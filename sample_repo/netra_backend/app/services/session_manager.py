"""Sessions: an engine for the length of a `with` block, from two modules."""

from netra_backend.app.agents.execution_engine_consolidated import execution_engine_context
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext
from netra_backend.app.agents.supervisor.execution_engine_factory import user_execution_engine


async def ask_once(user_context, message):
    """Return one answer."""
    async with execution_engine_context(user_context) as engine:
        return (await engine.execute_agent(AgentExecutionContext("triage", message))).answer


async def ask_twice(user_context, message):
    """Return two answers."""
    async with user_execution_engine(user_context) as engine:
        first = await engine.execute_agent(AgentExecutionContext("triage", message))
        second = await engine.execute_agent(AgentExecutionContext("data", message))
    return first.answer, second.answer
