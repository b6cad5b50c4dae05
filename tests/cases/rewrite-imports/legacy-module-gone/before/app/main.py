def use():
    from app.old.legacy import OldEngine, create_engine

    return OldEngine('a'), create_engine('b')


def lost():
    from app.old.legacy import unknown
    return unknown


print('main')
