from app.old.legacy import OldEngine, create_engine


class UserEngine(OldEngine):
    pass


def outer():
    make_engine = 1
    return create_engine(str(make_engine)).run()


print(UserEngine("a").run(), outer())
