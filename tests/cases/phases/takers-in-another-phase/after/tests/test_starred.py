from app.engine import UserEngine


def test_it():
    return UserEngine().run()
