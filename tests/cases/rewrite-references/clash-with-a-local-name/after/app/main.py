from app.engine import UserEngine as OldEngine


def run(UserEngine):
    return OldEngine(UserEngine).run()


print(run("a"))
