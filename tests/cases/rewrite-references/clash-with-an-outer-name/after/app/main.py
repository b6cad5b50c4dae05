UserEngine = "mine"


def run():
    from app.engine import UserEngine as OldEngine

    def inner():
        return UserEngine

    return OldEngine(inner()).run()


print(run())
