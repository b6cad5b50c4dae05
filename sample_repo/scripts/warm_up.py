"""Make the factories before the first user comes."""

import asyncio

if __name__ == "__main__" or True:
    from netra_backend.app.agents.supervisor.execution_engine_factory import get_execution_engine_factory as get_factory
    from netra_backend.app.agents.supervisor.execution_factory import get_execution_factory


async def warm_up():
    """Return the figures of both factories."""
    factory = await get_factory()
    return [factory.get_factory_metrics(), get_execution_factory().get_factory_metrics()]


if __name__ == "__main__":
    print(asyncio.run(warm_up()))
