from app.engine import UserEngine


def one():
    from app.engine import UserEngine as Local
    from app.factory import make_engine

    return Local("one").run(), UserEngine("one"), make_engine("one")
