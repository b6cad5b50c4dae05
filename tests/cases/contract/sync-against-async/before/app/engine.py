class UserEngine:
    pass


async def build(name):
    return name
