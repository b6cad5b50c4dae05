VALUE = 1


def use():
    from app.old.legacy import OldEngine

    return OldEngine('h').run()
