from app.engine import UserEngine


def OldEngine(registry):
    return UserEngine.create(registry)


print(OldEngine("a").show())
