import asyncio
from app.legacy import make


async def run():
    value = make("a")
    return value


async def chained():
    return make("b").upper(), [make(n) for n in "xy"], -len(make("ccc")), (make("d")
        .upper())


print(asyncio.run(run()), asyncio.run(chained()))
