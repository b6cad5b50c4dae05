from app.wide import OldEngine


def three():
    from app.wide import OldEngine as Local, create_engine

    return Local("three").run(), OldEngine("three"), create_engine("three")
