def use():
    from app.engine import UserEngine

    return UserEngine


print('main')
