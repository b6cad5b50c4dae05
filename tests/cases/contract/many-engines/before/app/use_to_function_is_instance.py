from app.old.to_function import OldToFunction


def go(value):
    return isinstance(value, OldToFunction)
