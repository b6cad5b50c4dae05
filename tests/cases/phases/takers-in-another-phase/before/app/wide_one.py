from app.wide import OldEngine


def one():
    from app.wide import OldEngine as Local, create_engine

    return Local("one").run(), OldEngine("one"), create_engine("one")
