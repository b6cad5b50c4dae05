VALUE = 1


def use():
    from app.engine import UserEngine

    return UserEngine('h').run()
