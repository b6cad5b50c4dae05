from app.old.awaited import old_awaited


def go():
    return old_awaited('a')
