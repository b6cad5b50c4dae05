from app.other import *


def make(name):
    return engines.OldEngine(name)


print(make("a").run(), engines.OldEngine("b").run(), app.old.legacy.OldEngine("c").run())
