from app.old.dynamic import OldDynamic


def go(engine: OldDynamic):
    return engine.run()
