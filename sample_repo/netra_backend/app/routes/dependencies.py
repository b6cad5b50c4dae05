"""What the routes are given. The framework calls these."""

from netra_backend.app.agents.supervisor.execution_engine_factory import ExecutionEngineFactory
from netra_backend.app.agents.supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine

_providers = {}


def provides(kind):
    """Note which function provides a kind of thing."""

    def decorate(function):
        _providers[kind] = function
        return function

    return decorate


@provides(RequestScopedExecutionEngine)
def engine_for(user_context, engine_class=RequestScopedExecutionEngine, *, emitter=None):
    """Return an engine, of the default class where no other is given."""
    return engine_class(user_context, emitter)


@provides(ExecutionEngineFactory)
def factory_for(bridge):
    """Return a factory for a bridge."""
    return ExecutionEngineFactory(bridge)


def provider_of(kind):
    """Return the function that provides a kind of thing."""
    return _providers[kind]


def engine_provider():
    """Return the function that provides engines."""
    return provider_of(RequestScopedExecutionEngine)
