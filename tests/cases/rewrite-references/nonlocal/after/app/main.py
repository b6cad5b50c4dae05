def outer():
    from app.engine import UserEngine as OldEngine

    def inner():
        nonlocal OldEngine
        made = OldEngine("inner").run()
        OldEngine = 7
        return made

    return inner(), OldEngine


def reading():
    from app.engine import UserEngine

    def inner():
        nonlocal_name = UserEngine("read").run()
        return nonlocal_name

    return inner()


print(outer(), reading())
