from app.engine import UserEngine as OldEngine


def go():
    return OldEngine
