from app.engine import UserEngine


def f(engine=UserEngine.create("default", None, user='nobody'), *, other=UserEngine.create("kw", None, user="u")):
    return engine.show(), other.show()


class Holder:
    engine = UserEngine.create("body", None, user='nobody')


print(f(), [UserEngine.create(n, None, user='nobody').show() for n in "ab"], Holder.engine.show(), (lambda: UserEngine.create("l", None, user='nobody'))().show())
