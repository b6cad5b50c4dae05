from app.old.narrower import OldNarrower


def go(engine: OldNarrower):
    engine.stop()
    return engine.stop()
