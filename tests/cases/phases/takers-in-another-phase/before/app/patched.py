from app.old.legacy import OldEngine


def go():
    return OldEngine
