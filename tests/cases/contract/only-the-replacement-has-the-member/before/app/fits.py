from app.old.legacy import OldEngine


def build(factory):
    return factory.create({})


answer = OldEngine().run()
