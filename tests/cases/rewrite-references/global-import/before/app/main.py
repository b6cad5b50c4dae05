OldEngine = None


def load():
    global OldEngine
    from app.old.legacy import OldEngine


def use():
    return OldEngine("loaded").run()


load()
print(use())
