"""POST /chat, before the chat service: the engine is made here, from names that the legacy module passes on."""

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_engine import AgentExecutionContext, ExecutionEngine, UserExecutionContext


async def post_message(user_id, message, registry, bridge):
    """Answer one message."""
    registry = registry or AgentRegistry.create_default()
    user_context = UserExecutionContext(user_id)
    engine = ExecutionEngine(registry, bridge, user_context)
    result = await engine.execute_agent(AgentExecutionContext("triage", message), user_context)
    return {"user": result.user_id, "answer": result.answer}
