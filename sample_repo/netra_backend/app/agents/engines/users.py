"""Takes other names for the engine from the package."""

from . import Engine
from .. import engines


def named_engine(user_context):
    """Return an engine."""
    return Engine(user_context)


def attribute_engine(user_context):
    """Return an engine, through the package's attribute."""
    return engines.RequestScopedExecutionEngine(user_context)
