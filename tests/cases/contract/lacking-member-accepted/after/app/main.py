from app.engine import UserEngine


def use(engine):
    return engine.extra()


print(UserEngine('a').run())
