"""Uses AgentInstanceFactory for engines only, so it can move."""

from netra_backend.app.agents.supervisor.agent_instance_factory import AgentInstanceFactory


def pooled(bridge, user_context):
    """Return an engine."""
    factory = AgentInstanceFactory(bridge)
    return factory.create_engine(user_context)
