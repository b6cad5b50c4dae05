from app.old.derived import OldDerived


def go(engine: OldDerived):
    engine.stop()
    return engine.stop()
