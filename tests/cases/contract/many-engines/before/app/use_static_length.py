from app.old.static import OldStatic


def go():
    made = OldStatic()
    return len(made)
