"""Takes the core's engine from the module that defines it."""

from .execution.core_engine import CoreExecutionEngine as Core


def quiet_core_engine(user_context):
    """Return the core's engine, without an emitter."""
    return Core(user_context)
