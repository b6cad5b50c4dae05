from app.engine import UserEngine


def four():
    from app.engine import UserEngine as Local
    from app.factory import make_engine

    return Local("four").run(), UserEngine("four"), make_engine("four")
