import asyncio
from app.engine import create


async def run():
    value = await create("a")
    return value


async def chained():
    return (await create("b")).upper(), [await create(n) for n in "xy"], -len(await create("ccc")), ((await create("d"))
        .upper())


print(asyncio.run(run()), asyncio.run(chained()))
