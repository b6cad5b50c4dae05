from app.old.to_function import OldToFunction


def go(engine: OldToFunction):
    engine.stop()
    return engine.stop()
