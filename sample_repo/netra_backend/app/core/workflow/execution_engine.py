"""Runs workflows. Another module with the same last name, and another class with the same name: never touched."""


class ExecutionEngine:
    """Runs the steps of a workflow."""

    def run_steps(self, steps):
        """Return what the steps returned."""
        return [step() for step in steps]


class ExecutionEngineError(Exception):
    """A step failed."""
