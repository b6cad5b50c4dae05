from app.old.legacy import OldEngine


def run(UserEngine):
    return OldEngine(UserEngine).run()


print(run("a"))
