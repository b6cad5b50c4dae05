from app.new.derived import NewDerived


def go(engine: NewDerived):
    return engine.run()
