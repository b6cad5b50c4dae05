"""Runs registered tools and counts their price.

The module has the last name of the supervisor's `execution_engine`, and the class is called an engine, but it runs
tools, not agents: another domain. The migration reports it and never edits it.
"""

from __future__ import annotations

from typing import Any

from netra_backend.app.agents.tool_types import DEFAULT_TOOLS
from netra_backend.app.services.unified_tool_registry.registry import UnifiedToolRegistry


class ToolRegistryExecutionEngine:
    """Runs tools against a budget."""

    def __init__(self, registry: UnifiedToolRegistry, budget: int = 100) -> None:
        self.registry = registry
        self.budget = budget

    def run_registered_tool(self, name: str, **arguments: Any) -> Any:
        """Run a tool and take its price off the budget; raises PermissionError where the budget is spent."""
        price = self.registry.price_of(name)
        if price > self.budget:
            raise PermissionError(f"{name} costs {price}, {self.budget} is left")
        self.budget -= price
        return DEFAULT_TOOLS[name](**arguments)
