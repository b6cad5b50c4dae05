import app.hub
from app.old.legacy import OldEngine


def inside():
    from app.old.legacy import OldEngine

    class Holder:
        OldEngine = OldEngine
        kept = OldEngine

    return Holder.kept("a").run()


class Chained:
    app = app.hub.OldEngine
    kept = app


print(inside(), Chained.kept("b").run(), OldEngine("c").run())
