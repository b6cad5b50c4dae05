from app.old.legacy import OldEngine


def holds(engine):
    return 1 in engine


answer = holds(OldEngine())
