async def old_awaited(name='n'):
    return name
