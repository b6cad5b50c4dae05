"""The last step, three packages down."""

from ....agents.supervisor import request_scoped_execution_engine as scoped
from ...supervisor import execution_factory


def last_engine(user_context):
    """Return the engine of the last step."""
    return scoped.RequestScopedExecutionEngine(user_context)


def last_factory():
    """Return the factory of the process."""
    return execution_factory.get_execution_factory()
