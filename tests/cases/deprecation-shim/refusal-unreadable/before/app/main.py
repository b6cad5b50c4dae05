def use():
    from app.old.legacy import OldEngine

    return OldEngine


print('main')
