import asyncio
from app.engine import UserEngine


async def make():
    async def engines():
        yield UserEngine("a")
    return [e.run() async for e in engines() if isinstance(e, UserEngine)]


print(asyncio.run(make()))
