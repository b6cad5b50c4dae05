class UserEngine:
    pass


async def create(registry, kind):
    return registry
