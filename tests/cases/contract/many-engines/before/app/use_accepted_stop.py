from app.old.accepted import OldAccepted


def go(engine: OldAccepted):
    engine.stop()
    return engine.stop()
