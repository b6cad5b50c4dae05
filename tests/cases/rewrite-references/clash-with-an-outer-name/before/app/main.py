UserEngine = "mine"


def run():
    from app.old.legacy import OldEngine

    def inner():
        return UserEngine

    return OldEngine(inner()).run()


print(run())
