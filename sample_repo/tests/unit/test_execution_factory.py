"""The oldest factory."""

import netra_backend.app.agents.supervisor.execution_factory as execution_factory

import pytest


@pytest.fixture(autouse=True)
def fresh_factory():
    execution_factory.reset_execution_factory()
    yield
    execution_factory.reset_execution_factory()


def test_factory_of_the_process(alice, ask):
    factory = execution_factory.get_execution_factory()
    assert factory is execution_factory.get_execution_factory()
    assert ask(factory.create_engine(alice)).user_id == "alice"


def test_request_scoped_engine(alice, ask):
    assert ask(execution_factory.create_request_scoped_engine(alice)).user_id == "alice"


def test_figures(registry, bridge, alice):
    factory = execution_factory.ExecutionFactory(websocket_bridge=bridge)
    factory.create_engine(alice)
    assert factory.get_factory_metrics()["created"] == 1
    assert execution_factory.ExecutionFactory(registry, bridge).registry is registry
