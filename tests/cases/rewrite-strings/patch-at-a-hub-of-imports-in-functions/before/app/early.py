from app.hub import OldEngine


def make():
    return OldEngine("early").run()
