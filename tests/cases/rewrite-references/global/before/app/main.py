from app.old.legacy import OldEngine


def swap():
    global OldEngine
    before = OldEngine("before").run()
    OldEngine = None
    return before


print(swap(), OldEngine)
