from app.old.wider import OldWider


def go(engine):
    return engine.run('a')
