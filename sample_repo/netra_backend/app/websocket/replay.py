"""Runs a message again."""

from netra_backend.app.agents.execution_engine_consolidated import ConsolidatedExecutionEngine
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext


def replay(bridge):
    """Return a coroutine function that answers again."""

    class Replayer:
        """Keeps the engine of the last user."""

        engine: "ConsolidatedExecutionEngine"

        async def __call__(self, user_context, message):
            def make():
                return ConsolidatedExecutionEngine(user_context, bridge)

            self.engine = make()
            return (await self.engine.execute_agent(AgentExecutionContext("triage", message))).answer

    return Replayer()
