from app.old.narrower import OldNarrower


def go(engine: OldNarrower):
    engine.run(1)
    return engine.stop(), OldNarrower('n', 1)
