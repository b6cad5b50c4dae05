from app.old.legacy import OldEngine


def f(**given):
    return sorted(given)


print(f(OldEngine=OldEngine("a")), dict(OldEngine=1), OldEngine("b").run())
