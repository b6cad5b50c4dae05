from app.new.fixed import NewFixed


def go(engine: NewFixed):
    engine.size = 4
