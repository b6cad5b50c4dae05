from app.old.legacy import OldEngine, create_engine


def inner():
    from app.old.legacy import OldError

    return OldError
