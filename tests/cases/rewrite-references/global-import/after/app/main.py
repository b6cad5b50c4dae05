OldEngine = None


def load():
    global OldEngine
    from app.engine import UserEngine as OldEngine


def use():
    return OldEngine("loaded").run()


load()
print(use())
