"""The factory of two things: agents, and engines."""

from netra_backend.app.agents.supervisor.agent_instance_factory import AgentInstanceFactory, get_agent_instance_factory
from netra_backend.app.agents.supervisor.agent_instance_factory import _instantiate  # private, and used all the same


def test_agents(bridge, alice):
    factory = AgentInstanceFactory(bridge)
    assert factory.create_agent_instance("data", alice).name == "data"
    assert factory.release_agent_instances("alice") == 1
    assert factory.release_agent_instances("alice") == 0


def test_instances_are_new(registry):
    assert _instantiate(registry, "data") is not _instantiate(registry, "data")


def test_factory_of_the_process():
    assert get_agent_instance_factory() is get_agent_instance_factory()
