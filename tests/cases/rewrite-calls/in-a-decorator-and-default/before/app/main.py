from app.legacy import OldEngine


def f(engine=OldEngine("default"), *, other=OldEngine("kw", user="u")):
    return engine.show(), other.show()


class Holder:
    engine = OldEngine("body")


print(f(), [OldEngine(n).show() for n in "ab"], Holder.engine.show(), (lambda: OldEngine("l"))().show())
