from app.new.wider import NewWider


def go(engine):
    return engine.run('a')
