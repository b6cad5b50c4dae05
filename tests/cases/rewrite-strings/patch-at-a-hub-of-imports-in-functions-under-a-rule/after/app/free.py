def make():
    from app.engine import UserEngine

    return UserEngine.create("free", None, user='nobody').show()
