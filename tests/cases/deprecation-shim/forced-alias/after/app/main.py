from app.engine import UserEngine


def use():
    return UserEngine('a').run()


print(use())
