from app.engine import UserEngine


def run():
    from app.old.legacy import OldEngine

    return OldEngine("a").run(), UserEngine("b").run()


class Sub(UserEngine):
    pass


print(run(), Sub("c").run())
