from app.old.static import OldStatic


def go(engine: OldStatic):
    try:
        return engine.extra
    except AttributeError:
        return 0
