def outer():
    from app.old.legacy import OldEngine

    def inner():
        nonlocal OldEngine
        made = OldEngine("inner").run()
        OldEngine = 7
        return made

    return inner(), OldEngine


def reading():
    from app.old.legacy import OldEngine

    def inner():
        nonlocal_name = OldEngine("read").run()
        return nonlocal_name

    return inner()


print(outer(), reading())
