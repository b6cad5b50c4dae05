"""Five events for every run, in order, to the user whose run it is, through every legacy engine and factory.

Red before the migration: tool events are lost, because the tool engine's notifier is None, and events of concurrent
runs go to whoever spoke last.
"""

import pytest

from netra_backend.app.agents.execution_engine_consolidated import ConsolidatedExecutionEngine
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine, SupervisorExecutionEngine
from netra_backend.app.agents.supervisor.execution_engine_factory import ExecutionEngineFactory
from netra_backend.app.agents.supervisor.execution_engine_unified_factory import UnifiedExecutionEngineFactory
from netra_backend.app.agents.supervisor.execution_factory import ExecutionFactory
from netra_backend.app.agents.supervisor.mcp_execution_engine import MCPExecutionEngine
from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine
from netra_backend.app.agents.unified_tool_execution import UnifiedToolExecutionEngine
from netra_backend.app.core.execution import CoreExecutionEngine

FIVE = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"]


@pytest.fixture
def check(ask_at_once, users, bridge):
    """Return a function that asks for three users and looks at what each of them was sent."""

    def check(make):
        ask_at_once(make, users[:3])
        assert bridge.manager.users() == [user.user_id for user in users[:3]]
        for user in users[:3]:
            assert bridge.manager.event_types_for(user.user_id) == FIVE
            last = bridge.manager.events_for(user.user_id)[-1]
            assert f"question of {user.user_id}" in last["answer"]

    return check


def test_execution_engine(check, registry, bridge):
    check(lambda user: ExecutionEngine(registry, bridge, user))


def test_supervisor_execution_engine(check, registry, bridge):
    check(lambda user: SupervisorExecutionEngine(registry, bridge, user))


def test_mcp_execution_engine(check, registry, bridge):
    check(lambda user: MCPExecutionEngine(registry, bridge, user))


def test_consolidated_execution_engine(check, bridge):
    check(lambda user: ConsolidatedExecutionEngine(user, bridge))


def test_request_scoped_execution_engine(check, bridge):
    check(lambda user: RequestScopedExecutionEngine(user, bridge.create_user_emitter(user)))


def test_core_execution_engine(check, bridge):
    check(lambda user: CoreExecutionEngine(user, emitter=bridge.create_user_emitter(user)))


def test_execution_engine_factory(check, bridge):
    factory = ExecutionEngineFactory(bridge)
    check(factory.create_engine)


def test_unified_execution_engine_factory(check, bridge):
    factory = UnifiedExecutionEngineFactory(bridge)
    check(factory.create_for_user)


def test_execution_factory(check, registry, bridge):
    factory = ExecutionFactory(registry, bridge)
    check(factory.create_engine)


def test_tool_engine_keeps_its_notifier(alice, bridge):
    emitter = bridge.create_user_emitter(alice)
    assert UnifiedToolExecutionEngine(emitter).websocket_notifier is emitter
