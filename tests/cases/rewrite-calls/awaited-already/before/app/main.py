import asyncio
from app.legacy import make


async def run():
    return await make("a") + (await make(registry="b"))


print(asyncio.run(run()))
