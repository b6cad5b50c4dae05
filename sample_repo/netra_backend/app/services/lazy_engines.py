"""Loads the engine when it is first needed, into the module."""

loaded = False


def load():
    """Import the engine, once."""
    global ExecutionEngine, loaded
    from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine

    loaded = True


def lazy_engine(registry, bridge, user_context):
    """Return an engine, of a class that `load` has put into this module."""
    if not loaded:
        load()
    return ExecutionEngine(registry, bridge, user_context)
