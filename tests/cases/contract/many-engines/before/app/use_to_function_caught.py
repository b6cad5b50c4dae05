from app.old.to_function import OldToFunction


def go():
    try:
        pass
    except OldToFunction:
        pass
