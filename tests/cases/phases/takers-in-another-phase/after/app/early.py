from app.engine import UserEngine


def early():
    return UserEngine("early").run()
