"""GET and POST /agents."""

from netra_backend.app.agents.execution_engine_consolidated import (  # three names, three homes
    # the engine itself
    ConsolidatedExecutionEngine,
    EngineConfig,  # only its settings
    create_request_scoped_engine,
    # last: who the engine is for
    UserExecutionContext,
)
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext


async def run_agent(user_id: str, message: str) -> str:
    """Run the triage agent with an engine for this request."""
    engine = await create_request_scoped_engine(UserExecutionContext(user_id))
    return (await engine.execute_agent(AgentExecutionContext("triage", message))).answer


def patient_engine(user_context: UserExecutionContext, bridge) -> ConsolidatedExecutionEngine:
    """Return an engine that waits two minutes."""
    return ConsolidatedExecutionEngine(
        user_context,
        bridge,
        config=EngineConfig(timeout_seconds=120.0),
    )
