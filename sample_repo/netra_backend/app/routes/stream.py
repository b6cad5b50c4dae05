"""GET /stream: types only, so that nothing is imported at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine
    from netra_backend.app.agents.supervisor.mcp_execution_engine import MCPExecutionEngine as Remote


class Stream:
    """What a user listens to."""

    engine: "ExecutionEngine | None" = None

    def __init__(self, engine: "Optional[ExecutionEngine]" = None) -> None:
        self.engine = engine

    def swap(self, engine: ExecutionEngine) -> "ExecutionEngine":
        """Put in another engine and return the one before, or the new one where there was none."""
        before, self.engine = self.engine, engine
        return before or engine

    def remote(self, engine: "Remote") -> list["Remote"]:
        """Return the engine as a list."""
        return [engine]
