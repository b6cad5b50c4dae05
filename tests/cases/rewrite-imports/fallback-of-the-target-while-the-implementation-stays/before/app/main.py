try:
    from app.engine import UserEngine
except ImportError:
    from app.old.legacy import OldEngine as UserEngine


def inside():
    try:
        from app.engine import UserEngine as Engine
    except ImportError:
        from app.old.legacy import OldEngine as Engine
    return Engine("b").run()


print(UserEngine("a").run(), inside())
