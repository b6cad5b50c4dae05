"""The routes answer one user, whatever engine they use."""

import asyncio

from netra_backend.app.routes import admin, agents, chat, debug, dependencies, health, metrics, stream, threads
from netra_backend.app.services.user_execution_context import UserExecutionContext


def test_chat(registry, bridge):
    answer = asyncio.run(chat.post_message("alice", "how much?", registry, bridge))
    assert answer["user"] == "alice" and "alice spent" in answer["answer"]


def test_agents(bridge, alice, ask):
    assert "bob spent" in asyncio.run(agents.run_agent("bob", "how much?"))
    engine = agents.patient_engine(alice, bridge)
    assert engine.config.timeout_seconds == 120.0
    assert ask(engine).user_id == "alice"


def test_health(registry, bridge):
    assert health.engines_healthy(registry, bridge)
    assert asyncio.run(health.factory_healthy())


def test_admin(alice, ask):
    assert "alice spent" in ask(admin.admin_engine(alice)).answer
    assert admin.admin_limits() == {"agents": 10}
    assert ask(admin.factory_of_the_process().create_engine(alice)).user_id == "alice"


def test_debug(registry, bridge, alice, ask):
    assert ask(debug.debug_engine(registry, bridge, alice)).user_id == "alice"
    assert ask(debug.debug_request_engine(alice)).user_id == "alice"


def test_stream(registry, bridge, alice):
    engine = threads.engine_for_thread(registry, bridge, alice)
    listening = stream.Stream()
    assert listening.swap(engine) is engine
    assert listening.remote(engine) == [engine]


def test_metrics(registry, bridge, alice):
    assert metrics.limits_line().endswith("ExecutionEngine: 10 agents, 30 s")
    assert metrics.is_an_engine(threads.engine_for_thread(registry, bridge, alice))
    assert not metrics.is_an_engine("engine") and not metrics.is_an_engine(None)


def test_dependencies(bridge, alice, ask):
    emitter = bridge.create_user_emitter(alice)
    assert dependencies.engine_provider() is dependencies.engine_for
    assert ask(dependencies.engine_for(alice, emitter=emitter)).user_id == "alice"
    assert dependencies.factory_for(bridge).websocket_bridge is bridge


def test_threads(registry, bridge, ask):
    bob = UserExecutionContext("bob")
    assert ask(threads.engine_for_thread(registry, bridge, bob), "data").user_id == "bob"
    assert ask(threads.engine_for_reply(bob)).user_id == "bob"
