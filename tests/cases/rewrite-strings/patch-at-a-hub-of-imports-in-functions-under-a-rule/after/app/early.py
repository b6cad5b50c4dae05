from app.engine import UserEngine


def make():
    return UserEngine.create("early", None, user='nobody').show()
