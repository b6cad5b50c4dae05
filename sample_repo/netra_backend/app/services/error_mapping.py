"""Turns errors into answers."""

from netra_backend.app.agents.supervisor.execution_engine import (
    AgentExecutionContext,
    ExecutionEngine,
    ExecutionEngineError,
)


async def safe_answer(registry, bridge, user_context, agent_name):
    """Return an answer, or what went wrong."""
    try:
        engine = ExecutionEngine(registry, bridge, user_context)
        result = await engine.execute_agent(AgentExecutionContext(agent_name, "how much?"))
    except ExecutionEngineError as error:
        return f"sorry: {error}"
    except (ExecutionEngineError, KeyError):
        raise
    return result.answer


class QuotaExceeded(ExecutionEngineError):
    """A user asked too often."""
