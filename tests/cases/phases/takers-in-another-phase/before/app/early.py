from app.old.legacy import OldEngine


def early():
    return OldEngine("early").run()
