import app.engine
import app.new.pool

made = app.engine.UserEngine("n"), app.new.pool.Pool.create(label='p', size=2)


def inner():
    import app.engine

    return app.engine.UserEngine("inner")
