async def make(registry, kind="old"):
    return f"{kind} {registry}"
