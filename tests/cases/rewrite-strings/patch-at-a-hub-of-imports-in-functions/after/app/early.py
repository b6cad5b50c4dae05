from app.engine import UserEngine


def make():
    return UserEngine("early").run()
