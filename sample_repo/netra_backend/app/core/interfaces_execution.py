"""What a runner promises. Imported under the engine's name by some, and none of the engines."""

from typing import Any, Protocol


class IExecutionEngine(Protocol):
    """Anything with `run_steps`."""

    def run_steps(self, steps: Any) -> Any: ...
