"""Makes agents, and engines as well: two jobs, of which only one has a successor."""

from __future__ import annotations

import logging
from typing import Any

from netra_backend.app.agents.base_agent import BaseAgent
from netra_backend.app.agents.supervisor.agent_registry import AgentRegistry
from netra_backend.app.agents.supervisor.user_execution_engine import UserExecutionEngine
from netra_backend.app.services.agent_websocket_bridge import AgentWebSocketBridge, get_agent_websocket_bridge
from netra_backend.app.services.user_execution_context import UserExecutionContext

logger = logging.getLogger(__name__)


class AgentInstanceFactory:
    """Makes agents (nothing else does) and hands out engines (the other factories do that too)."""

    def __init__(
        self, websocket_bridge: AgentWebSocketBridge | None = None, registry: AgentRegistry | None = None
    ) -> None:
        self.websocket_bridge = websocket_bridge or get_agent_websocket_bridge()
        self.registry = registry or AgentRegistry.create_default()
        self._engine_of_everybody: UserExecutionEngine | None = None
        self._instances_given_out: list[tuple[str, str]] = []

    def create_engine(self, user_context: UserExecutionContext) -> UserExecutionEngine:
        """Return an engine: the same one for every user."""
        if self._engine_of_everybody is None:
            self._engine_of_everybody = UserExecutionEngine.create_from_legacy(
                self.registry, self.websocket_bridge, user_context
            )
        return self._engine_of_everybody

    def get_factory_metrics(self) -> dict[str, Any]:
        """Return figures about this factory."""
        return {"factory": type(self).__name__, "created": len(self._instances_given_out)}

    def create_agent_instance(self, agent_name: str, user_context: UserExecutionContext) -> BaseAgent:
        """Return a new agent for a user. The factory that is left makes engines only."""
        agent = _instantiate(self.registry, agent_name)
        self._instances_given_out.append((user_context.user_id, agent_name))
        logger.debug("made %s for %s", agent_name, user_context.user_id)
        return agent

    def release_agent_instances(self, user_id: str) -> int:
        """Forget the agents of a user and return how many there were."""
        kept = [entry for entry in self._instances_given_out if entry[0] != user_id]
        released = len(self._instances_given_out) - len(kept)
        self._instances_given_out = kept
        return released


def _instantiate(registry: AgentRegistry, agent_name: str) -> BaseAgent:
    return registry.create(agent_name)


_instance_factory: AgentInstanceFactory | None = None


def get_agent_instance_factory() -> AgentInstanceFactory:
    """Return the factory of this process."""
    global _instance_factory
    if _instance_factory is None:
        _instance_factory = AgentInstanceFactory()
    return _instance_factory
