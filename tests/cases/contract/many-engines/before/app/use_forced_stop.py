from app.old.forced import OldForced


def go(engine: OldForced):
    engine.stop()
    return engine.stop()
