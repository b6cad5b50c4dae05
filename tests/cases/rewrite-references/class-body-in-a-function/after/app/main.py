import app.hub
from app.engine import UserEngine as OldEngine


def inside():
    from app.engine import UserEngine

    class Holder:
        OldEngine = OldEngine
        kept = OldEngine

    return Holder.kept("a").run()


class Chained:
    app = app.hub.OldEngine
    kept = app


print(inside(), Chained.kept("b").run(), OldEngine("c").run())
