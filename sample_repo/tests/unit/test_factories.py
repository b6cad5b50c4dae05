"""The factories, for one user."""

import asyncio

from netra_backend.app.agents.supervisor.execution_engine_factory import (
    ExecutionEngineFactory as Factory,
    configure_execution_engine_factory, get_execution_engine_factory,
)
from netra_backend.app.agents.supervisor.execution_engine_unified_factory import UnifiedExecutionEngineFactory
from netra_backend.app.agents.supervisor.user_execution_engine import UserExecutionEngine, UserExecutionEngineFactory


def test_makes_the_engine(bridge, alice, ask):
    engine = Factory(bridge).create_engine(alice)
    assert isinstance(engine, UserExecutionEngine)
    assert ask(engine).user_id == "alice"


def test_factory_of_the_process(bridge, alice):
    async def made():
        await configure_execution_engine_factory(bridge)
        factory = await get_execution_engine_factory()
        engine = await factory.create_for_user(alice)
        await factory.cleanup_engine(engine)
        return engine

    assert not asyncio.run(made()).is_active()


def test_facade_does_what_the_factory_does(bridge, alice):
    for factory in (UnifiedExecutionEngineFactory(bridge), UserExecutionEngineFactory(bridge)):
        assert isinstance(factory.create_engine(alice), UserExecutionEngine)
