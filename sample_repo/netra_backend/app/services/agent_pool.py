"""Keeps agents ready. It needs what only AgentInstanceFactory can do."""

from netra_backend.app.agents.supervisor.agent_instance_factory import AgentInstanceFactory


class AgentPool:
    """Agents by user."""

    def __init__(self, bridge):
        self.factory = AgentInstanceFactory(bridge)

    def take(self, agent_name, user_context):
        """Return an agent for a user."""
        return self.factory.create_agent_instance(agent_name, user_context)

    def give_back(self, user_id):
        """Forget a user's agents and return how many there were."""
        return self.factory.release_agent_instances(user_id)
