from app.engine import UserEngine


def make_engine(name):
    return UserEngine(name=name)
