from app.old.legacy import OldEngine

engines = [OldEngine()]


def answer():
    try:
        return engines[0].create({})
    except (AttributeError, KeyError):
        return "caught"
