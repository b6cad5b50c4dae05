"""Tools by name, with a price."""

from __future__ import annotations

from netra_backend.app.agents.tool_types import DEFAULT_TOOLS


class UnifiedToolRegistry:
    """The tools that there are, and what a call of each costs."""

    def __init__(self) -> None:
        self.prices = {name: index for index, name in enumerate(sorted(DEFAULT_TOOLS), 1)}

    def price_of(self, name: str) -> int:
        """Return the price of one call; raises KeyError."""
        return self.prices[name]
