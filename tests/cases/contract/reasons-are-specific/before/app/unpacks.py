from app.old.legacy import OldEngine


def use():
    return OldEngine(**{"name": "a"})
