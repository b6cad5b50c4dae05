import asyncio
from app.engine import create


async def run():
    return await create("a", 'new') + (await create("b", 'new'))


print(asyncio.run(run()))
