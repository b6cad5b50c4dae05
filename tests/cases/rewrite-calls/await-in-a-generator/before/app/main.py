import asyncio
from app.legacy import make


async def run():
    return "".join(make(n) for n in "xy")


print(asyncio.run(run()))
