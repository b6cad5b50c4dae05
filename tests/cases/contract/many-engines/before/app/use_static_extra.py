from app.old.static import OldStatic


def go():
    return hasattr(OldStatic(), 'extra')
