from app.new.accepted import NewAccepted


def go(engine: NewAccepted):
    engine.stop()
    return engine.stop()
