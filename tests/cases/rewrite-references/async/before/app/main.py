import asyncio
from app.old.legacy import OldEngine


async def make():
    async def engines():
        yield OldEngine("a")
    return [e.run() async for e in engines() if isinstance(e, OldEngine)]


print(asyncio.run(make()))
