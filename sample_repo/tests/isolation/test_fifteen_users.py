"""Fifteen users at once, through every legacy engine and factory: nobody may see anything of anybody else.

Red before the migration: engines keep state on their class, factories hand out one engine to all.
"""

import pytest

from netra_backend.app.agents.execution_engine_consolidated import ConsolidatedExecutionEngine
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine, SupervisorExecutionEngine
from netra_backend.app.agents.supervisor.execution_engine_factory import ExecutionEngineFactory
from netra_backend.app.agents.supervisor.execution_engine_unified_factory import UnifiedExecutionEngineFactory
from netra_backend.app.agents.supervisor.execution_factory import ExecutionFactory
from netra_backend.app.agents.supervisor.mcp_execution_engine import MCPExecutionEngine
from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine
from netra_backend.app.core.execution import CoreExecutionEngine


@pytest.fixture
def check(ask_at_once, users):
    """Return a function that asks for all users and looks at what each of them gets and keeps."""

    def check(make):
        engines, results = ask_at_once(make, users)
        assert len({id(engine) for engine in engines}) == len(users), "users share an engine"
        for user, engine, result in zip(users, engines, results, strict=True):
            assert result.user_id == user.user_id
            assert f"question of {user.user_id}" in result.answer
            assert f"{user.user_id} spent" in result.answer
            assert [kept.user_id for kept in engine.history] == [user.user_id]

    return check


def test_execution_engine(check, registry, bridge):
    check(lambda user: ExecutionEngine(registry, bridge, user))


def test_supervisor_execution_engine(check, registry, bridge):
    check(lambda user: SupervisorExecutionEngine(registry, bridge, user_context=user))


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
    check(factory.create_for_user)


def test_unified_execution_engine_factory(check, bridge):
    factory = UnifiedExecutionEngineFactory(bridge)
    check(factory.create_engine)


def test_execution_factory(check, registry, bridge):
    factory = ExecutionFactory(registry, bridge)
    check(factory.create_for_user)
