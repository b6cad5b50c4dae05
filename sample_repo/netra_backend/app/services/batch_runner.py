"""Makes engines from arguments that were put together elsewhere: only a person can rewrite these calls."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine


def engine_from_arguments(arguments):
    """Return an engine from a tuple."""
    return ExecutionEngine(*arguments)


def engine_from_settings(settings):
    """Return an engine from a dictionary."""
    return ExecutionEngine(**settings)
