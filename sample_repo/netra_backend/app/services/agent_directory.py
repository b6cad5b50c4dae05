"""Lists agents, from the factory of the process."""

from netra_backend.app.agents.supervisor.agent_instance_factory import get_agent_instance_factory


def agent_of(agent_name, user_context):
    """Return a new agent."""
    return get_agent_instance_factory().create_agent_instance(agent_name, user_context)
