def start():
    from app.engine import UserEngine

    return UserEngine("l").run()
