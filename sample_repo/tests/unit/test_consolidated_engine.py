"""The engine of the first attempt, and its helpers."""

import asyncio

import pytest

from netra_backend.app.agents import execution_engine_consolidated
from netra_backend.app.agents.execution_engine_consolidated import (
    ConsolidatedExecutionEngine,
    EngineConfig,
    create_request_scoped_engine,
    execution_engine_context,
)


@pytest.mark.parametrize("config", [None, EngineConfig(), EngineConfig(timeout_seconds=5.0)])
def test_settings(alice, bridge, config):
    engine = ConsolidatedExecutionEngine(alice, bridge, config)
    assert engine.config.timeout_seconds in (5.0, 30.0)


def test_helpers(alice):
    async def used():
        engine = await create_request_scoped_engine(alice)
        async with execution_engine_context(alice) as scoped:
            return engine.user_context, scoped.user_context

    assert asyncio.run(used()) == (alice, alice)


def test_shared_containers():
    class Clean:
        limit = 3

    assert execution_engine_consolidated.detect_global_state_usage(Clean) == []
