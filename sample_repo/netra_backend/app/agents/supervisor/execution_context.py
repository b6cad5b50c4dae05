"""What an agent is asked and what it answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class AgentExecutionContext:
    """One question to one agent."""

    agent_name: str
    message: str
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AgentExecutionResult:
    """One answer, and whose it is."""

    agent_name: str
    user_id: str
    run_id: str
    answer: str
    success: bool = True
