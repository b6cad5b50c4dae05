"""The first engine, for one user."""

from netra_backend.app.agents.supervisor.execution_engine import (
    AgentExecutionContext,
    ExecutionEngine,
    ExecutionEngineError,
    UserExecutionContext,
)

import asyncio

import pytest


@pytest.fixture
def engine(registry, bridge) -> ExecutionEngine:
    return ExecutionEngine(registry, bridge, UserExecutionContext("carol"))


def test_answers(engine, ask):
    assert "carol spent" in ask(engine).answer


def test_pipeline(engine):
    steps = [AgentExecutionContext(name, "how much?") for name in ("triage", "data")]
    answers = [result.answer for result in asyncio.run(engine.execute_pipeline(steps))]
    assert "carol spent" in answers[0] and "carol may spend" in answers[1]


def test_unknown_agent(engine, ask):
    with pytest.raises(ExecutionEngineError, match="oracle"):
        ask(engine, "oracle")


def test_limits():
    assert ExecutionEngine.MAX_CONCURRENT_AGENTS == 10


def test_figures(engine, ask):
    before = engine.get_execution_stats()["runs"]
    ask(engine)
    assert engine.get_execution_stats()["runs"] == before + 1
    asyncio.run(engine.cleanup())
    assert engine.get_execution_stats()["runs"] == 0
