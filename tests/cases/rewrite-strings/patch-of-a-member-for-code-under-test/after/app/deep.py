from app.engine import UserEngine


def start():
    return UserEngine("plain").run()
