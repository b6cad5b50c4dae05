"""What every engine shares: its settings and its errors."""

from __future__ import annotations

from dataclasses import dataclass


class AgentExecutionError(Exception):
    """An agent could not be run."""


class UnknownAgentError(AgentExecutionError):
    """No agent has this name."""


@dataclass(frozen=True)
class EngineConfig:
    """The settings of an engine."""

    timeout_seconds: float = 30.0
    keep_history: bool = True
