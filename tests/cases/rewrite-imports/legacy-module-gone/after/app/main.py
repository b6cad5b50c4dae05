def use():
    from app.engine import UserEngine
    from app.factory import make_engine

    return UserEngine('a'), make_engine('b')


def lost():
    from app.old.legacy import unknown
    return unknown


print('main')
