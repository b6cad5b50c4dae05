"""A module and names that begin like the engine's, and are their own."""


def execution_engine_label(number: int) -> str:
    """Return a label."""
    return f"engine {number}"


class ExecutionEngineMonitor:
    """Counts labels."""

    def __init__(self) -> None:
        self.labels = [execution_engine_label(number) for number in range(3)]
