from app.old.static import OldStatic


def go(engine: OldStatic):
    engine.name = 'set'
