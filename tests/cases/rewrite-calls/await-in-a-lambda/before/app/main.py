import asyncio
from app.legacy import make


async def run():
    inner = lambda: make("a")
    return inner()


print(asyncio.run(run()))
