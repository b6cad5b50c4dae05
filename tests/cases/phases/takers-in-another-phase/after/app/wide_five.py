from app.engine import UserEngine


def five():
    from app.engine import UserEngine as Local
    from app.factory import make_engine

    return Local("five").run(), UserEngine("five"), make_engine("five")
