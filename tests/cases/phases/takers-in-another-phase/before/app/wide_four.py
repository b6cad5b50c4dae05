from app.wide import OldEngine


def four():
    from app.wide import OldEngine as Local, create_engine

    return Local("four").run(), OldEngine("four"), create_engine("four")
