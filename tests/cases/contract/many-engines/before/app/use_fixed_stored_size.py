from app.old.fixed import OldFixed


def go(engine: OldFixed):
    engine.size = 4
