"""Run old questions again, with the engine that a name stands for."""

import argparse

from netra_backend.app.agents import execution_engine_consolidated as consolidated
from netra_backend.app.services.user_execution_context import UserExecutionContext

DEFAULT = "netra_backend.app.agents.execution_engine_consolidated:ConsolidatedExecutionEngine"


def parser():
    """Return the parser of the command line."""
    result = argparse.ArgumentParser(description="Replays runs with the ConsolidatedExecutionEngine.")
    result.add_argument("--engine", default=DEFAULT)
    return result


def engine_for(user_id, bridge):
    """Return an engine with short patience."""
    config = consolidated.EngineConfig(timeout_seconds=1.0)
    return consolidated.ConsolidatedExecutionEngine(UserExecutionContext(user_id), bridge, config)
