from app.old.derived import OldDerived


def go(engine: OldDerived):
    return engine.run()
