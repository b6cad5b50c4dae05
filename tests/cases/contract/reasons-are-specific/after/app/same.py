from app.engine import UserEngine


def use():
    return UserEngine(name="a", bridge=None)


print(use().run())
