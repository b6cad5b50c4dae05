"""The registry of agents and the books about runs."""

import pytest

from netra_backend.app.agents.supervisor.agent_execution_registry import AgentExecutionRegistry
from netra_backend.app.agents.supervisor.engine_types import UnknownAgentError
from netra_backend.app.services.user_execution_context import UserExecutionContext


def test_every_look_up_makes_a_new_agent(registry):
    assert registry.names() == ["data", "triage"]
    assert registry.create("triage") is not registry.create("triage")


def test_unknown_agent(registry):
    with pytest.raises(UnknownAgentError):
        registry.create("oracle")


def test_runs_of_one_user_only(alice):
    books = AgentExecutionRegistry()
    books.register_run(alice, "triage")
    books.register_run(UserExecutionContext("bob"), "triage")
    assert books.runs_of("alice") == (f"{alice.run_id}:triage:1",)
    assert books.forget_user("alice") == 1
    assert books.runs_of("alice") == () and len(books.runs_of("bob")) == 1
