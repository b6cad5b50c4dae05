from app.engine import UserEngine as OldEngine


def start():
    return OldEngine("s").run()
