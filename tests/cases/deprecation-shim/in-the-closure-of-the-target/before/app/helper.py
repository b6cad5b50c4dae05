from app.old.legacy import OldEngine

VALUE = 1


def use():
    return OldEngine('h').run()
