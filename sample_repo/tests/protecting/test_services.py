"""The services answer one user, whatever engine they use."""

import asyncio

import pytest

from netra_backend.app.services import (
    agent_directory,
    agent_pool,
    background_worker,
    batch_runner,
    billing_meter,
    compat,
    engine_catalog,
    engine_pool,
    engine_service,
    error_mapping,
    execution_audit,
    fallback_engine,
    isolation_probe,
    lazy_engines,
    quota,
    reporting,
    session_manager,
    shadowing,
    supervisor_service,
    thread_service,
    tool_catalog,
    tool_service,
)
from netra_backend.app.services.agent_service import AgentService


def test_agent_service(registry, bridge, alice):
    answer = asyncio.run(AgentService(registry, bridge).ask(alice, "data", "how much?"))
    assert answer == "how much? -> alice may spend 1005 USD"


def test_supervisor_service(registry, bridge, alice, ask):
    assert ask(supervisor_service.supervisor_engine(registry, bridge, alice)).user_id == "alice"
    assert ask(supervisor_service.ordinary_engine(registry, bridge, alice)).user_id == "alice"


def test_background_worker(registry, bridge, ask):
    assert ask(background_worker.worker_engine(registry, bridge)).user_id == "system"


def test_fallback_engine(alice, ask):
    assert ask(fallback_engine.best_engine(alice)).user_id == "alice"
    assert ask(fallback_engine.pooled_engine(alice)).user_id == "alice"


def test_thread_service(registry, bridge, alice):
    answer = asyncio.run(thread_service.continue_thread(registry, bridge, alice, "and now?"))
    assert "alice may spend" in answer


def test_billing_meter(alice):
    engine = engine_service.engine_for_request(alice)
    engine.history.clear()
    assert billing_meter.meter(engine) == billing_meter.UserExecutionEngine("alice", 0)
    with pytest.raises(TypeError):
        billing_meter.meter("engine")


def test_compat(registry, bridge, ask):
    assert ask(compat.compat_engine(registry, bridge, "bob")).user_id == "bob"


def test_error_mapping(registry, bridge, alice):
    assert "alice spent" in asyncio.run(error_mapping.safe_answer(registry, bridge, alice, "triage"))
    assert asyncio.run(error_mapping.safe_answer(registry, bridge, alice, "oracle")).startswith("sorry: no agent")
    assert issubclass(error_mapping.QuotaExceeded, Exception)


def test_quota(bridge, alice, ask):
    assert quota.Quota.limit == 10
    assert ask(quota.Quota().engine(alice)).user_id == "alice"
    assert ask(quota.quota_factory(bridge).create_engine(alice)).user_id == "alice"


def test_lazy_engines(registry, bridge, alice, ask):
    assert ask(lazy_engines.lazy_engine(registry, bridge, alice)).user_id == "alice"
    assert lazy_engines.loaded


def test_engine_catalog(registry, bridge):
    engine = background_worker.worker_engine(registry, bridge)
    engine.history.clear()
    assert engine_catalog.describe(engine).endswith("with 0 runs")
    assert len(engine_catalog.DOCUMENTED) == 3


def test_shadowing(registry, bridge, ask):
    assert shadowing.by_parameter(list) == []
    assert shadowing.by_local() == {"engine": None}
    assert shadowing.by_comprehension() == ["A", "B"]
    assert ask(shadowing.outer(registry, bridge)).user_id == "system"


def test_reporting(alice):
    assert reporting.report(engine_service.engine_for_request(alice))["user_id"] == "alice"


def test_execution_audit(registry, bridge, alice, ask):
    for engine in execution_audit.pair(registry, bridge, alice, alice):
        assert ask(engine).user_id == "alice"
    assert isinstance(execution_audit.chained(registry, bridge, alice), list)
    assert len(execution_audit.engines_for(registry, bridge, [alice, alice])) == 2


def test_batch_runner(registry, bridge, alice, ask):
    assert ask(batch_runner.engine_from_arguments((registry, bridge, alice))).user_id == "alice"
    settings = {"registry": registry, "websocket_bridge": bridge, "user_context": alice}
    assert ask(batch_runner.engine_from_settings(settings)).user_id == "alice"


def test_isolation_probe():
    class Sharing:
        everything = []
        nothing = 1

    assert isolation_probe.probe(Sharing) == {"shared": ["everything"], "timeout": 30.0}


def test_session_manager(alice):
    assert "alice spent" in asyncio.run(session_manager.ask_once(alice, "how much?"))
    first, second = asyncio.run(session_manager.ask_twice(alice, "how much?"))
    assert "alice spent" in first and "alice may spend" in second


def test_agents_from_the_pool_and_the_directory(bridge, alice):
    pool = agent_pool.AgentPool(bridge)
    assert pool.take("triage", alice).name == "triage"
    assert pool.give_back("alice") == 1
    assert agent_directory.agent_of("data", alice).name == "data"


def test_engine_pool(bridge, alice, ask):
    assert ask(engine_pool.pooled(bridge, alice)).user_id == "alice"


def test_tools():
    assert asyncio.run(tool_service.run_tool("budget_lookup", user_id="bob")) == "bob may spend 1003 USD"
    notifier = object()
    assert tool_service.listening_tools(notifier).websocket_notifier is notifier


def test_registered_tools():
    runner = tool_catalog.tool_runner(2)
    assert runner.run_registered_tool("budget_lookup", user_id="bob") == "bob may spend 1003 USD"
    with pytest.raises(PermissionError):
        runner.run_registered_tool("usage_lookup", user_id="bob")
