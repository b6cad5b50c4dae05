"""GET /health. Nothing is imported before somebody asks."""


def engines_healthy(registry, bridge) -> bool:
    """Return whether an engine can be made."""
    from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine

    engine = ExecutionEngine(registry, bridge)
    return engine is not None and not engine.active_runs


async def factory_healthy() -> bool:
    """Return whether the factory answers."""
    from netra_backend.app.agents.supervisor.execution_engine_factory import get_execution_engine_factory

    factory = await get_execution_engine_factory()
    return "created" in factory.get_factory_metrics()
