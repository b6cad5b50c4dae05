"""Login, a message, an agent, five events, an answer."""

import asyncio

import pytest

from netra_backend.app.agents.supervisor.engine_types import AgentExecutionError
from netra_backend.app.services.auth_service import AuthService, LoginError
from netra_backend.app.services.chat_service import ChatService
from netra_backend.app.websocket.manager import AGENT_EVENTS


@pytest.fixture
def chat(bridge):
    return ChatService(AuthService(), bridge)


def test_login_to_answer(chat, bridge):
    token = chat.auth.login("alice", "ecila")
    result = asyncio.run(chat.send_message(token, "how much?"))
    assert result.user_id == "alice" and result.success
    assert result.answer.startswith("how much? -> alice spent ")
    assert tuple(bridge.manager.event_types_for("alice")) == AGENT_EVENTS


def test_twenty_users_at_once(chat, bridge):
    names = [f"user{number:02}" for number in range(20)]
    tokens = [chat.auth.login(name, name[::-1]) for name in names]

    async def everybody():
        return await asyncio.gather(*(chat.send_message(token, "how much?") for token in tokens))

    assert [result.user_id for result in asyncio.run(everybody())] == names
    assert all(tuple(bridge.manager.event_types_for(name)) == AGENT_EVENTS for name in names)


def test_wrong_password(chat):
    with pytest.raises(LoginError):
        chat.auth.login("alice", "alice")


def test_unknown_agent(chat):
    token = chat.auth.login("alice", "ecila")
    with pytest.raises(AgentExecutionError, match="no agent is called 'oracle'"):
        asyncio.run(chat.send_message(token, "how much?", "oracle"))
