def make():
    from app.engine import UserEngine

    return UserEngine("free").run()
