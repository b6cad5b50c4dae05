from app.wide import OldEngine


def two():
    from app.wide import OldEngine as Local, create_engine

    return Local("two").run(), OldEngine("two"), create_engine("two")
