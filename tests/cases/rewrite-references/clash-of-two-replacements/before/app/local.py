from app.old.legacy import OldEngine


def inside():
    from app.old.second import SecondEngine
    return SecondEngine("c").name, OldEngine("d").name
