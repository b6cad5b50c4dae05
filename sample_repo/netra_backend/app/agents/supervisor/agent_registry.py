"""Which agents there are."""

from __future__ import annotations

from netra_backend.app.agents.base_agent import BaseAgent, DataAgent, TriageAgent
from netra_backend.app.agents.supervisor.agent_execution_registry import AgentExecutionRegistry
from netra_backend.app.agents.supervisor.engine_types import UnknownAgentError


class AgentRegistry:
    """Agent classes by name. Every look-up makes a new agent, so that no two users share one."""

    def __init__(self) -> None:
        self._classes: dict[str, type[BaseAgent]] = {}
        self.executions = AgentExecutionRegistry()

    @classmethod
    def create_default(cls) -> AgentRegistry:
        """Return a registry that knows the agents of this application."""
        registry = cls()
        for agent_class in (TriageAgent, DataAgent):
            registry.register(agent_class)
        return registry

    def register(self, agent_class: type[BaseAgent]) -> None:
        """Add an agent class under its name."""
        self._classes[agent_class.name] = agent_class

    def names(self) -> list[str]:
        """Return the names that `create` understands."""
        return sorted(self._classes)

    def create(self, name: str) -> BaseAgent:
        """Return a new agent; raises UnknownAgentError."""
        if name not in self._classes:
            raise UnknownAgentError(f"no agent is called {name!r}; there are {', '.join(self.names())}")
        return self._classes[name]()
