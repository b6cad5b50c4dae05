"""Looks for state that engines share."""

from netra_backend.app.agents.execution_engine_consolidated import EngineConfig, detect_global_state_usage


def probe(engine_class: type) -> dict:
    """Return what a class shares, and the settings that it is probed with."""
    return {"shared": detect_global_state_usage(engine_class), "timeout": EngineConfig().timeout_seconds}
