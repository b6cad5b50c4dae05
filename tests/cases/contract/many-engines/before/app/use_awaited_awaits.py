from app.old.awaited import old_awaited


async def go():
    return await old_awaited('a')
