"""Labels for engines. Uses what the core's package hands out."""

from netra_backend.app.core.execution import CORE_ENGINE_NAME, CoreExecutionEngine


def core_engine(user_context, emitter):
    """Return the core's engine."""
    return CoreExecutionEngine(user_context, emitter=emitter)


def label() -> str:
    """Return the label of the core's engine."""
    return CORE_ENGINE_NAME
