from app.engine import UserEngine


def three():
    from app.engine import UserEngine as Local
    from app.factory import make_engine

    return Local("three").run(), UserEngine("three"), make_engine("three")
