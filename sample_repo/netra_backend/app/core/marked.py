"""Begins with a byte order mark."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine


def marked_engine(registry, bridge, user_context):
    """Return an engine. Überraschung: 🚀"""
    return ExecutionEngine(registry, bridge, user_context)
