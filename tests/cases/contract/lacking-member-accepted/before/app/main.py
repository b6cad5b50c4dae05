from app.old.legacy import OldEngine


def use(engine):
    return engine.extra()


print(OldEngine('a').run())
