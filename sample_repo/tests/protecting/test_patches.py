"""Tests that put something else in an engine's place, in every way that there is."""

import asyncio
from unittest import mock
from unittest.mock import AsyncMock, MagicMock, patch

import pytest

from netra_backend.app.agents.supervisor import agent_instance_factory
from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine
from netra_backend.app.routes import dependencies, health
from netra_backend.app.services import agent_pool, engine_service, isolation_probe
from netra_backend.app.services.agent_service import AgentService
from netra_backend.app.websocket import handler


class RecordingEngine:
    """Stands in for an engine."""

    def __init__(self, *arguments):
        self.arguments = arguments


def test_patch_a_name_of_an_importer(registry, bridge, alice):
    with patch("netra_backend.app.services.agent_service.ExecutionEngine") as engine_class:
        engine = AgentService(registry, bridge).engine_for(alice)
    assert engine_class.mock_calls
    assert isinstance(engine, MagicMock)


@patch("netra_backend.app.websocket.handler.ExecutionEngineFactory")
def test_patch_as_a_decorator(factory_class, bridge):
    made = handler.make_handler(bridge)
    factory_class.assert_called_once_with(bridge)
    assert made.factory is factory_class.return_value


@mock.patch.object(dependencies, "ExecutionEngineFactory")
def test_patch_object_by_name(factory_class, bridge):
    assert dependencies.factory_for(bridge) is factory_class.return_value


def test_patch_object_on_the_class(alice, ask):
    with patch.object(RequestScopedExecutionEngine, "execute_agent", new=AsyncMock(return_value="patched")):
        assert ask(engine_service.engine_for_request(alice)) == "patched"


def test_monkeypatch_by_dotted_name(monkeypatch, alice):
    monkeypatch.setattr("netra_backend.app.services.engine_service.RequestScopedExecutionEngine", RecordingEngine)
    assert engine_service.engine_for_request(alice, "emitter").arguments == (alice, "emitter")


def test_monkeypatch_by_module_and_name(monkeypatch, alice):
    monkeypatch.setattr(engine_service, "RequestScopedExecutionEngine", RecordingEngine)
    assert engine_service.engine_for_request(alice).arguments == (alice, None)


def test_patch_where_it_is_looked_up_late(registry, bridge):
    with patch("netra_backend.app.agents.supervisor.execution_engine.ExecutionEngine") as engine_class:
        health.engines_healthy(registry, bridge)
    assert engine_class.mock_calls


def test_patch_a_function_where_it_is_looked_up_late():
    factory = MagicMock()
    factory.get_factory_metrics.return_value = {"created": 1}
    with patch(
        "netra_backend.app.agents.supervisor.execution_engine_factory.get_execution_engine_factory",
        new=AsyncMock(return_value=factory),
    ):
        assert asyncio.run(health.factory_healthy())
    factory.get_factory_metrics.assert_called_once_with()


def test_patch_a_name_that_stays():
    with patch("netra_backend.app.services.isolation_probe.detect_global_state_usage", return_value=["all"]):
        assert isolation_probe.probe(object)["shared"] == ["all"]


def test_patch_an_internal_of_a_legacy_module(bridge, alice):
    with patch("netra_backend.app.agents.supervisor.agent_instance_factory._instantiate") as instantiate:
        agent = agent_pool.AgentPool(bridge).take("triage", alice)
    assert agent is instantiate.return_value
    with patch.object(agent_instance_factory, "logger") as logger:
        agent_pool.AgentPool(bridge).take("triage", alice)
    logger.debug.assert_called_once()


def test_a_mock_with_the_engine_as_its_specification():
    engine = MagicMock(spec=RequestScopedExecutionEngine)
    engine.is_active.return_value = False
    assert not engine.is_active()
    assert isinstance(engine, RequestScopedExecutionEngine)
    with pytest.raises(AttributeError):
        engine.no_such_member  # noqa: B018
