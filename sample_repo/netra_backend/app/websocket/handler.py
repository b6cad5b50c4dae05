"""Handles incoming messages."""

from __future__ import annotations

import asyncio

from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext
from netra_backend.app.agents.supervisor.execution_engine_factory import ExecutionEngineFactory


class MessageHandler:
    """Answers what comes in, with engines from a factory."""

    def __init__(self, factory: ExecutionEngineFactory) -> None:
        self.factory = factory

    async def handle(self, user_context, message: str) -> str:
        """Return the answer to a message."""
        engine = await self.factory.create_for_user(user_context)
        result = await engine.execute_agent(AgentExecutionContext("triage", message))
        return result.answer

    async def handle_all(self, messages) -> list[str]:
        """Return the answers to many messages at once, from pairs of context and message."""
        return await asyncio.gather(*(self.handle(context, message) for context, message in messages))


def make_handler(bridge) -> MessageHandler:
    """Return a handler for a bridge."""
    return MessageHandler(ExecutionEngineFactory(bridge))
