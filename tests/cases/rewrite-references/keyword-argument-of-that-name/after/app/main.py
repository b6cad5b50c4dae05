from app.engine import UserEngine


def f(**given):
    return sorted(given)


print(f(OldEngine=UserEngine("a")), dict(OldEngine=1), UserEngine("b").run())
