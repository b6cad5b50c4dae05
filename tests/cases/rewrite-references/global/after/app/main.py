from app.engine import UserEngine as OldEngine


def swap():
    global OldEngine
    before = OldEngine("before").run()
    OldEngine = None
    return before


print(swap(), OldEngine)
