def first():
    from app.old.legacy import OldEngine

    return OldEngine("a").run()


def second(OldEngine=None):
    return OldEngine


async def third():
    from app.old.legacy import OldEngine, create_engine
    return OldEngine("a"), create_engine("b")


print(first(), second())
