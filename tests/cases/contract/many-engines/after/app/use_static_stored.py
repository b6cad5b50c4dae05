from app.new.static import NewStatic


def go(engine: NewStatic):
    engine.name = 'set'
