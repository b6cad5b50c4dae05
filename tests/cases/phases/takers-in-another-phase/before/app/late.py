def late():
    from app.old.legacy import OldEngine

    return OldEngine("late").run()


def later():
    import app.old.pool

    return app.old.pool.OldPool(8).size
