from app.engine import UserEngine


def two():
    from app.engine import UserEngine as Local
    from app.factory import make_engine

    return Local("two").run(), UserEngine("two"), make_engine("two")
