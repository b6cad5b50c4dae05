"""The tools: plain functions from a user to something worth knowing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable


@dataclass(frozen=True)
class ToolResult:
    """What a tool returned."""

    tool: str
    value: Any
    arguments: dict[str, Any] = field(default_factory=dict)


def usage_lookup(user_id: str) -> str:
    """Return what a user spent: made up, but different for everybody."""
    return f"{user_id} spent {sum(user_id.encode()) % 997} USD"


def budget_lookup(user_id: str) -> str:
    """Return what a user may spend."""
    return f"{user_id} may spend {1000 + len(user_id)} USD"


DEFAULT_TOOLS: dict[str, Callable[..., Any]] = {"usage_lookup": usage_lookup, "budget_lookup": budget_lookup}
