import asyncio

from app.old.legacy import OldEngine


async def main():
    async with OldEngine() as engine:
        return engine.run()


answer = asyncio.run(main())
