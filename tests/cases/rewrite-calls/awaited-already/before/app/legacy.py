async def make(registry):
    return registry
