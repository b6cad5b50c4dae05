"""The packages around the agents."""

import asyncio

from netra_backend.app.agents import audited_engine, data_runner, engines, tool_audit
from netra_backend.app.agents.engines import everything, users as engine_users
from netra_backend.app.agents.tool_dispatcher import ToolDispatcher
from netra_backend.app.agents.triage import runner
from netra_backend.app.agents.triage.steps import last_step


def test_package_passes_on_what_it_says():
    assert all(hasattr(engines, name) for name in engines.__all__)
    assert engines.Engine is engines.RequestScopedExecutionEngine


def test_engines_by_other_names(alice, ask):
    for make in (everything.star_engine, engine_users.named_engine, engine_users.attribute_engine):
        assert ask(make(alice)).user_id == "alice"


def test_data_runner(registry, bridge, alice):
    assert "alice may spend" in asyncio.run(data_runner.run_data(alice, "how much?")).answer
    assert data_runner.factory_for(registry, bridge).registry is registry
    assert data_runner.default_factory() is data_runner.default_factory()


def test_triage(registry, bridge, alice):
    assert "alice spent" in asyncio.run(runner.triage(registry, bridge, alice, "how much?"))


def test_last_step(alice, ask):
    assert ask(last_step.last_engine(alice)).user_id == "alice"
    assert ask(last_step.last_factory().create_engine(alice)).user_id == "alice"


def test_subclasses(alice, ask):
    engine = audited_engine.AuditedEngine(alice)
    assert ask(engine).user_id == "alice" and engine.questions == 1
    assert str(audited_engine.QuietEngine(alice)) == "engine for alice"


def test_tool_dispatcher(bridge, alice):
    tools = ToolDispatcher()
    before = tool_audit.calls["budget_lookup"]
    assert asyncio.run(tools.dispatch("budget_lookup", user_id="alice")).value == "alice may spend 1005 USD"
    assert tools.engine.calls == 1 and tool_audit.calls["budget_lookup"] >= before
    tools.listen(bridge.create_user_emitter(alice))
    asyncio.run(tools.dispatch("usage_lookup", user_id="alice"))
    assert bridge.manager.event_types_for("alice") == ["tool_executing", "tool_completed"]
