from app.old.legacy import OldEngine

UserEngine = None


def start():
    return OldEngine("s").run()
