from app.wide import OldEngine


def five():
    from app.wide import OldEngine as Local, create_engine

    return Local("five").run(), OldEngine("five"), create_engine("five")
