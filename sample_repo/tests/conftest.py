"""What the tests share: a bridge, a registry, users, and a way to ask for all of them at once."""

import asyncio

import pytest

from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.execution_context import AgentExecutionContext
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge
from netra_backend.app.services.user_execution_context import UserExecutionContext


@pytest.fixture
def registry():
    return AgentRegistry.create_default()


@pytest.fixture
def bridge():
    return AgentWebSocketBridge()


@pytest.fixture
def alice():
    return UserExecutionContext("alice", "thread-of-alice")


@pytest.fixture
def users():
    """Fifteen users. Their threads have the same name, as conversations often have."""
    return [UserExecutionContext(f"user{number:02}") for number in range(15)]


@pytest.fixture
def ask():
    """Return a function that asks an engine one question, from outside any event loop."""

    def ask(engine, agent_name="triage", message="how much?"):
        return asyncio.run(engine.execute_agent(AgentExecutionContext(agent_name, message)))

    return ask


@pytest.fixture
def ask_at_once():
    """Return a function that asks many engines at once, in one event loop.

    It takes a function from a user to an engine (or to a coroutine of one) and the users, and returns the engines and
    the results.
    """

    def ask_at_once(make, users):
        async def one(engine, user):
            return await engine.execute_agent(AgentExecutionContext("triage", f"question of {user.user_id}"))

        async def everybody():
            engines = [make(user) for user in users]
            engines = [await engine if asyncio.iscoroutine(engine) else engine for engine in engines]
            results = await asyncio.gather(*(one(engine, user) for engine, user in zip(engines, users, strict=True)))
            return engines, results

        return asyncio.run(everybody())

    return ask_at_once
