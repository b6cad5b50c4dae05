from app.engine import UserEngine

VALUE = 1


def helper():
    return 1


def make(name):
    return UserEngine(name)
