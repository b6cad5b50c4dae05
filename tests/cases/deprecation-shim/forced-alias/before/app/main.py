from app.old.legacy import OldEngine


def use():
    return OldEngine('a').run()


print(use())
