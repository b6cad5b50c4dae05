def start():
    from app.engine import UserEngine

    return UserEngine("s").run()
