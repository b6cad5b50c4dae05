"""The agents. An agent gets a message and tools, and gives an answer."""

from __future__ import annotations

from typing import Any

from netra_backend.app.services.user_execution_context import UserExecutionContext


class BaseAgent:
    """What every agent is: a name and a coroutine."""

    name = "base"

    async def run(self, message: str, user_context: UserExecutionContext, tools: Any) -> str:
        """Return the answer to a message."""
        raise NotImplementedError


class TriageAgent(BaseAgent):
    """Says what a user spent."""

    name = "triage"

    async def run(self, message: str, user_context: UserExecutionContext, tools: Any) -> str:
        result = await tools.execute_tool("usage_lookup", user_id=user_context.user_id)
        return f"{message} -> {result.value}"


class DataAgent(BaseAgent):
    """Says what a user may spend."""

    name = "data"

    async def run(self, message: str, user_context: UserExecutionContext, tools: Any) -> str:
        result = await tools.execute_tool("budget_lookup", user_id=user_context.user_id)
        return f"{message} -> {result.value}"
