"""The engine for one request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from netra_backend.app.agents.supervisor import request_scoped_execution_engine

if TYPE_CHECKING:
    from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine


@pytest.fixture
def engine(alice, bridge) -> RequestScopedExecutionEngine:
    return request_scoped_execution_engine.RequestScopedExecutionEngine(alice, bridge.create_user_emitter(alice))


def test_is_for_its_user(engine: "RequestScopedExecutionEngine", ask):
    assert engine.is_active()
    assert engine.user_context.user_id == ask(engine).user_id == "alice"


def test_figures(engine, ask):
    before = engine.get_execution_stats()["runs"]
    ask(engine)
    assert engine.get_execution_stats() ["runs"] == before + 1
