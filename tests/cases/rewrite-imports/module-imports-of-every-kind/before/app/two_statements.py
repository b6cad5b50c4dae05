import app.old.legacy
import app.old.sub.pool

made = app.old.legacy.OldEngine("n"), app.old.sub.pool.OldPool(2)


def inner():
    import app.old.legacy

    return app.old.legacy.OldEngine("inner")
