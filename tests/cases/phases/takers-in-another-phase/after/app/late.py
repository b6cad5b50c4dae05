def late():
    from app.engine import UserEngine

    return UserEngine("late").run()


def later():
    import app.pool

    return app.pool.Pool.create('p', 8).size
