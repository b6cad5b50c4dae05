"""A star import from a package that itself only passes on."""

from netra_backend.app.agents.engines import *  # noqa: F403


def star_engine(user_context):
    """Return an engine."""
    return RequestScopedExecutionEngine(user_context)  # noqa: F405
