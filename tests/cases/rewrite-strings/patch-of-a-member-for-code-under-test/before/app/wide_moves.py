from app.old.legacy import OldEngine


def start():
    return OldEngine("plain").run()
