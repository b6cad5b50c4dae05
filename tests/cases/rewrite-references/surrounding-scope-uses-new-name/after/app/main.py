from app.engine import UserEngine


def run():
    from app.engine import UserEngine as OldEngine

    return OldEngine("a").run(), UserEngine("b").run()


class Sub(UserEngine):
    pass


print(run(), Sub("c").run())
