from app.old.legacy import OldEngine


def start():
    return OldEngine("s").run()
