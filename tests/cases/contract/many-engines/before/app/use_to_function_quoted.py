from app.old.to_function import OldToFunction


def go(value: "OldToFunction"):
    return value
