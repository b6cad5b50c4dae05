"""Finds classes by name, as a plug-in would."""

import importlib

ENGINE_CLASS = "netra_backend.app.agents.supervisor.request_scoped_execution_engine.RequestScopedExecutionEngine"
FACTORIES = {
    "default": "netra_backend.app.agents.supervisor.execution_engine_factory:ExecutionEngineFactory",
    "unified": "netra_backend.app.agents.supervisor.execution_engine_unified_factory:UnifiedExecutionEngineFactory",
}


def load_class(dotted):
    """Return the class that a dotted name stands for; the last dot may be a colon."""
    module, _, name = dotted.replace(":", ".").rpartition(".")
    return getattr(importlib.import_module(module), name)


def engine_class():
    """Return the engine class of the table."""
    return load_class(ENGINE_CLASS)


def factory_class(kind):
    """Return a factory class of the table."""
    return load_class(FACTORIES[kind])


def scoped_engine_by_name(user_context):
    """Return an engine, of a class that is never imported by a statement."""
    module = importlib.import_module("netra_backend.app.agents.supervisor.request_scoped_execution_engine")
    return module.RequestScopedExecutionEngine(user_context)


def old_engine_by_name(registry, bridge, user_context):
    """Return an engine, of a class whose name is computed."""
    module = importlib.import_module("netra_backend.app.agents.supervisor.execution_engine")
    return getattr(module, "Execution" + "Engine")(registry, bridge, user_context)
