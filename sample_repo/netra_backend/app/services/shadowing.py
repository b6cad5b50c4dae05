"""Names that look like the engine and are none."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine


def by_parameter(ExecutionEngine):
    """Return what the caller gave: the parameter hides the import."""
    return ExecutionEngine()


def by_local():
    """Return what a local variable holds."""
    ExecutionEngine = dict
    return ExecutionEngine(engine=None)


def by_comprehension():
    """Return names from a loop variable."""
    return [ExecutionEngine.upper() for ExecutionEngine in ("a", "b")]


def outer(registry, bridge):
    """Return an engine, past a class and a function that hide its name."""

    class Holder:
        ExecutionEngine = "a class attribute"

        def name(self):
            return self.ExecutionEngine

    def inner(ExecutionEngine=None):
        return ExecutionEngine

    assert inner() is None and Holder().name() == "a class attribute"
    return ExecutionEngine(registry, bridge)
