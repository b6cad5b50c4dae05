"""Runs the data agent."""

from .supervisor.execution_context import AgentExecutionContext
from .supervisor.execution_factory import ExecutionFactory, create_request_scoped_engine, get_execution_factory


def run_data(user_context, message):
    """Return the coroutine of an answer."""
    engine = create_request_scoped_engine(user_context)
    return engine.execute_agent(AgentExecutionContext("data", message))


def factory_for(registry, bridge):
    """Return a factory with a registry and a bridge of its own."""
    return ExecutionFactory(registry, bridge)


def default_factory() -> ExecutionFactory:
    """Return the factory of the process."""
    return get_execution_factory()
