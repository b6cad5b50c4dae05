class UserEngine:
    pass


async def create(registry):
    return registry
