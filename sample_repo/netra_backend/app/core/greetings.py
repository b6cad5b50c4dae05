# -*- coding: latin-1 -*-
"""Grüße aus München: the bytes of this file are no UTF-8."""

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine  # für die Übersicht

GREETING = "Grüß Gott"; IS_ENGINE = lambda thing: isinstance(thing, ExecutionEngine)


def greeting_engine(registry, bridge, user_context):
    """Return an engine and a greeting."""
    return "Ähnlich", ExecutionEngine(registry, bridge, user_context), GREETING
