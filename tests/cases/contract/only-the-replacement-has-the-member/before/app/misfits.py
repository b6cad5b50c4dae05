from app.old.legacy import OldEngine


def build(engines):
    return engines[0].create(registry=1)


made = OldEngine().run()
