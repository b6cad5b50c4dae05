def first():
    from app.engine import UserEngine

    return UserEngine("a").run()


def second(OldEngine=None):
    return OldEngine


async def third():
    from app.engine import UserEngine
    from app.factory import make_engine
    return UserEngine("a"), make_engine("b")


print(first(), second())
