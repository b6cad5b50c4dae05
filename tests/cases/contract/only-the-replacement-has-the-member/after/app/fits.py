from app.engine import UserEngine


def build(factory):
    return factory.create({})


answer = UserEngine().run()
