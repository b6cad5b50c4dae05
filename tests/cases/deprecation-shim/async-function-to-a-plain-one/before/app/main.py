import asyncio
import inspect

from app.legacy import make


async def run():
    return await make("a"), await asyncio.gather(make("b", kind="new"), make("c"))


print(asyncio.run(run()), inspect.iscoroutinefunction(make))
