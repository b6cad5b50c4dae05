from app.old.static import OldStatic


def go():
    return dir(OldStatic())
